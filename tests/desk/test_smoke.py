import pytest
from tests.casework.acts import WAYS
from tests.casework.conftest import START, HOUR
from pasokh.casework.complaints.lifecycle import State
from pasokh.desk.forms import ACTS
pytestmark = pytest.mark.django_db

@pytest.mark.parametrize("language", ["fa"])
def test_smoke(at_desk, file, acts, shop, language):
    browser = at_desk("mina")
    bad=[]
    for state in (State.RECEIVED, State.INVESTIGATING, State.DECIDED, State.COMMUNICATED):
        case=file(at=START)
        for step in WAYS[state]:
            acts.take(step, case, shop.mina, START+HOUR)
            case.refresh_from_db()
        for url in ["", "form/", *(f"{act}/" for act in ACTS)]:
            try:
                r=browser.get(f"/{language}/desk/complaints/{case.ref}/{url}")
            except Exception as e:
                bad.append((state,url,repr(e)[:300])); continue
            if r.status_code not in (200,403,409): bad.append((state,url,r.status_code))
    for url in ("", "?state=all", "search/?q=یخچال", "calls/", "calls/?number=0912", "complaints/new/", "?text=یخچال&overdue=on&owner=me&unit=1"):
        try:
            r=at_desk("parvin").get(f"/{language}/desk/{url}")
        except Exception as e:
            bad.append((url,repr(e)[:300])); continue
        if r.status_code!=200: bad.append((url,r.status_code))
    for b in bad: print("BAD", b)
    assert bad==[]
