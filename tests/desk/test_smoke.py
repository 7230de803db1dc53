import pytest
from tests.casework.acts import WAYS
from tests.casework.conftest import START, HOUR
from pasokh.casework.complaints.lifecycle import State
from pasokh.desk.forms import ACTS
pytestmark = pytest.mark.django_db

@pytest.mark.parametrize("language", ["fa", "en"])
def test_smoke(at_desk, file, acts, shop, language):
    browser = at_desk("parvin")
    bad=[]
    for state in State:
        case=file(at=START)
        for step in WAYS[state]:
            by = shop.mina if step not in ("close",) else shop.parvin
            acts.take(step, case, by if by else None, START+HOUR)
            case.refresh_from_db()
        for name in ("parvin","mina","ali","omid"):
            b = at_desk(name)
            r=b.get(f"/{language}/desk/complaints/{case.ref}/")
            if r.status_code!=200: bad.append((name,state,r.status_code))
            r=b.get(f"/{language}/desk/complaints/{case.ref}/form/")
            if r.status_code!=200: bad.append((name,state,r.status_code))
            for act in ACTS:
                r=b.get(f"/{language}/desk/complaints/{case.ref}/{act}/")
                if r.status_code not in (200,403,409): bad.append((name,state,act,r.status_code))
    for url in ("", "?state=all", "search/?q=یخچال", "calls/", "calls/?number=0912", "complaints/new/", "?text=یخچال&overdue=on&owner=me&unit=1"):
        r=browser.get(f"/{language}/desk/{url}")
        if r.status_code!=200: bad.append((url,r.status_code))
    assert bad==[]
