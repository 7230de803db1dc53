"""Spreadsheets in and lists out, as they look to whoever hands them in and fetches them."""

from collections.abc import Callable
from typing import Any

from tests.journeys.conftest import Site, View, seen_in
from tests.journeys.deskworld import open_shop, some_files
from tests.journeys.test_desk_pages import sign_in

from pasokh.casework.intake.imports.models import Import
from pasokh.channels.sheets import importing

HEAD = "شماره پیگیری;تاریخ;شرح شکایت;موضوع;محصول;نام;موبایل;نتیجه;تاریخ پاسخ;استان\n"
ROWS = (
    "1001;۱۴۰۴/۰۷/۰۳;یخچال بعد از دو هفته از کار افتاد و نماینده نیامد.;تأخیر;یخچال;مریم احمدی;"
    "09121234567;وارد;۱۴۰۴/۰۷/۱۵;تهران\n"
    "1002;۱۴۰۴/۰۷/۰۴;The washing machine leaks since the repair.;Repair;Washing machine;"
    "John Whitfield;09121112233;در حال بررسی;;فارس\n"
    "1003;دیروز;گاز بو می‌دهد.;ایمنی;گاز;سعید مرادی;09120000000;;;البرز\n"
    "1004;۱۴۰۴/۰۷/۰۶;پول برنگشت.;بازپرداخت;;زهرا کاظمی;09124445566;ناوارد;۱۴۰۴/۰۷/۲۰;قم\n"
    "1005;۱۴۰۴/۰۷/۰۷;"
)


@seen_in("en")
def test_a_sheet_comes_in_and_a_list_goes_out(
    site: Site, visitor: Any, view: View, look: Callable[..., None]
) -> None:
    some_files(open_shop())
    sign_in(visitor, site, view.language, "parvin")
    desk = site(f"/{view.language}/desk/")
    visitor.goto(f"{desk}imports/")
    look(visitor, "sheets-none")
    sheet = {"name": "شکایت‌های ۱۴۰۴.csv", "mimeType": "text/csv"}
    content = (HEAD + ROWS).encode("utf-8")
    visitor.locator("#id_sheet").set_input_files({**sheet, "buffer": content})
    visitor.locator("form .button--primary").click()
    visitor.wait_for_url("**/desk/imports/*/")
    look(visitor, "sheets-looking")
    number = Import.objects.get().pk
    importing.look(number)
    visitor.goto(f"{desk}imports/{number}/")
    look(visitor, "sheets-ready")
    for name in ("columns", "values"):
        visitor.goto(f"{desk}imports/{number}/{name}/")
        look(visitor, f"sheets-{name}")
    visitor.goto(f"{desk}imports/{number}/")
    visitor.locator("form .button--primary").click()
    visitor.wait_for_load_state()
    look(visitor, "sheets-running")
    importing.run(number)
    visitor.goto(f"{desk}imports/{number}/")
    look(visitor, "sheets-done")
    visitor.goto(f"{desk}imports/")
    look(visitor, "sheets-list")

    visitor.goto(f"{desk}exports/")
    look(visitor, "exports-none")
    visitor.goto(f"{desk}?state=all")
    visitor.locator("a[href*='wanted=1']").click()
    visitor.wait_for_load_state()
    look(visitor, "exports-asked")
    visitor.locator("form .button--primary").click()
    visitor.wait_for_load_state()
    look(visitor, "exports-ready")
    with visitor.expect_download() as fetched:
        visitor.locator("td .button--primary").click()
    assert fetched.value.suggested_filename.endswith(".xlsx")
