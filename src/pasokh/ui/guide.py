"""The style guide: every component on one page, in both languages and both shells.

For those who build pages and for the tests that look at them; `settings.STYLE_GUIDE` opens it.
Its samples are written here in both languages, not translated: nobody else ever reads them.
"""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from pasokh.kernel import clock
from pasokh.kernel.fields import Bilingual
from pasokh.kernel.money import Money
from pasokh.ui.forms import DateField
from pasokh.ui.parts import Link, Stage


def _both(fa: str, en: str) -> Any:
    """A sample in both languages; forms show it like any text."""
    return Bilingual(fa, en)


class Sample(forms.Form):
    """One field of every kind."""

    what = forms.CharField(
        label=_both("چه مشکلی پیش آمد؟", "What went wrong?"),
        help_text=_both("با زبان خودتان بنویسید.", "Write it in your own words."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    email = forms.EmailField(label=_both("نشانی ایمیل", "E-mail address"))
    order = forms.CharField(
        label=_both("شمارهٔ سفارش", "Order number"),
        required=False,
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    bought = DateField(
        label=_both("چه روزی خریدید؟", "When did you buy it?"),
        required=False,
        help_text=_both(
            "برای نمونه ۱۴ آذر ۱۴۰۵ یا ۱۴۰۵/۹/۱۴؛ تاریخ میلادی هم می‌شود.",
            "For example 5 December 2026 or 2026-12-05. Persian dates work too.",
        ),
    )
    shop = forms.ChoiceField(
        label=_both("از کدام فروشگاه؟", "Which shop?"),
        required=False,
        choices=[
            ("", _both("یکی را انتخاب کنید", "Choose one")),
            ("1", _both("فروشگاه اینترنتی", "On line")),
            ("2", _both("شعبهٔ تجریش", "Tajrish branch")),
        ],
    )
    wish = forms.ChoiceField(
        label=_both("چه چیزی این مشکل را حل می‌کند؟", "What would put it right?"),
        widget=forms.RadioSelect,
        choices=[
            ("repair", _both("تعمیر", "A repair")),
            ("refund", _both("بازگرداندن پول", "My money back")),
            ("answer", _both("فقط یک توضیح", "Only an explanation")),
        ],
    )
    needs = forms.MultipleChoiceField(
        label=_both("کمکی لازم دارید؟", "Do you need any help?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("large", _both("نامه با حروف درشت", "Letters in large print")),
            ("call", _both("تماس تلفنی به‌جای نامه", "A call instead of a letter")),
        ],
    )
    proof = forms.FileField(
        label=_both("عکس یا رسید", "A photograph or receipt"),
        required=False,
        help_text=_both("تا ۱۰ فایل، هر کدام تا ۲۵ مگابایت.", "Up to 10 files of 25 MB each."),
    )
    agree = forms.BooleanField(
        label=_both(
            "نامم را به واحد مربوط بگویید.",
            "You may tell the unit concerned my name.",
        ),
        required=False,
    )


WORDS = {
    "title": _both("راهنمای ظاهر", "Style guide"),
    "story": _both(
        "ماشین لباس‌شویی مدل Snowa SWM-84526 را شنبه خریدم؛ پس از ۳ هفته خراب شد و کسی پاسخ نداد.",
        "I bought a Snowa SWM-84526 washing machine; after 3 weeks it broke and nobody answered.",
    ),
    "mixed": _both(
        "سلام\nI wrote to you in English before.\nولی حالا فارسی می‌نویسم.",
        "Hello,\nپیش از این به فارسی نوشتم.\nNow I write in English.",
    ),
    "forms": _both("فرم", "Form"),
    "send": _both("فرستادن", "Send"),
    "back": _both("بازگشت", "Back"),
    "delete": _both("پاک کردن پیش‌نویس", "Delete the draft"),
    "later": _both("بعداً ادامه می‌دهم", "I will go on later"),
    "product": _both("دستگاه", "The machine"),
    "product_help": _both("فقط اگر به یک دستگاه مربوط است.", "Only if it concerns a machine."),
    "notices": _both("پیام‌ها و نشان‌ها", "Notices and badges"),
    "note_title": _both("بعد چه می‌شود؟", "What happens next?"),
    "note": _both(
        "تا فردا رسیدن شکایت را به شما خبر می‌دهیم و تا سی روز پاسخ می‌دهیم.",
        "By tomorrow we confirm that it has arrived; within thirty days we answer.",
    ),
    "late": _both("۴ روز دیر شده است", "4 days late"),
    "soon": _both("فردا ساعت ۱۲", "tomorrow 12:00"),
    "done": _both("انجام شد", "Done"),
    "plain": _both("ارزیابی‌شده", "Assessed"),
    "info": _both("محرمانه", "Confidential"),
    "reference": _both("شمارهٔ پرونده", "Reference"),
    "keep": _both("کد رهگیری را نگه دارید", "Keep the tracking code"),
    "change": _both("تغییر", "Change"),
    "address": _both("پاسخ را بفرستیم به", "Send the answer to"),
    "amount": _both("مبلغ", "Amount"),
    "road": _both("پرونده کجاست", "Where your complaint is"),
    "timeline": _both("نامه‌ها و کارها", "Letters and acts"),
    "from": _both("نامه‌ای از مریم احمدی", "Letter from Maryam Ahmadi"),
    "to": _both("نامهٔ ما به مریم احمدی", "Our letter to Maryam Ahmadi"),
    "inside": _both("یادداشت داخلی؛ فقط همکاران می‌بینند", "Internal note; only colleagues see it"),
    "act": _both("پرونده به رضا کریمی سپرده شد", "Assigned to Reza Karimi"),
    "reza": _both("رضا کریمی", "Reza Karimi"),
    "letter": _both(
        "دستگاه شما را فردا تعمیر می‌کنیم. اگر درست نشد، پولتان را برمی‌گردانیم.",
        "We will repair your machine tomorrow. If that fails, we will return your money.",
    ),
    "queue": _both("صف کار", "Queue"),
    "what": _both("موضوع", "What it is about"),
    "who": _both("چه کسی", "Who"),
    "due": _both("مهلت", "Due"),
    "why": _both("چرا این مهلت؟", "Why this time?"),
    "working": _both(
        "سی روز کاری از روز رسیدن شکایت؛ جمعه‌ها و یک تعطیل رسمی شمرده نشد.",
        "Thirty working days from receipt; Fridays and one public holiday were not counted.",
    ),
    "nothing": _both("هنوز شکایتی نرسیده است", "No complaint has arrived yet"),
    "first": _both(
        "اولین شکایت را خودتان ثبت کنید، یا نشانی این صفحه را به مشتریان بدهید.",
        "Enter the first one yourself, or give your customers the address of this site.",
    ),
    "accept": _both("تصمیم را می‌پذیرم", "I accept the decision"),
    "accept_what": _both("تعمیر انجام می‌شود و پرونده بسته می‌شود.", "We repair it and close."),
    "refuse": _both("نمی‌پذیرم", "I do not accept it"),
    "refuse_what": _both("کس دیگری دوباره بررسی می‌کند.", "Somebody else looks at it again."),
}


def page(request: HttpRequest) -> HttpResponse:
    """Show every component; `?shell=desk` in the desk's shell, a POST with the form's errors."""
    if not settings.STYLE_GUIDE:
        raise Http404
    shell = "desk" if request.GET.get("shell") == "desk" else "portal"
    form = Sample(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        messages.success(request, str(WORDS["done"]))
    now = clock.now()
    known = {
        "shell": f"ui/{shell}.html",
        "form": form,
        "words": WORDS,
        "stages": _stages(),
        "rail": _rail(),
        "kinds": ("late", "soon", "done", "info", "plain"),
        "yesterday": now - timedelta(days=1),
        "tomorrow": now + timedelta(days=1),
        "last_week": now - timedelta(days=7),
        "amount": Money(12_500_000, "IRR"),
    }
    return render(request, "ui/guide.html", known)


def _stages() -> list[Stage]:
    now = clock.now()
    return [
        Stage(str(_both("رسید", "Received")), "done", now - timedelta(days=7)),
        Stage(str(_both("ارزیابی شد", "Assessed")), "done", now - timedelta(days=5)),
        Stage(
            str(_both("در حال بررسی", "Being looked into")),
            "now",
            now + timedelta(days=1),
            str(_both("واحد خدمات پس از فروش", "After-sales unit")),
        ),
        Stage(str(_both("تصمیم و پاسخ", "Decision and answer")), "ahead", now + timedelta(days=20)),
        Stage(str(_both("نظر شما", "Your say")), "ahead"),
    ]


def _rail() -> list[Link]:
    return [
        Link(str(_both("صف کار", "Queue")), "#main", "inbox", "42", current=True),
        Link(str(_both("ثبت شکایت", "New complaint")), "#main", "pencil"),
        Link(str(_both("جست‌وجو", "Search")), "#main", "search"),
        Link(str(_both("گزارش‌ها", "Reports")), "#main", "chart-line"),
        Link(str(_both("تنظیمات", "Settings")), "#main", "settings"),
    ]
