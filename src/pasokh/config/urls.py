"""Every address of the product."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from pasokh.portal import framed
from pasokh.ui import guide, languages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", languages.front),
    path("form.js", framed.script, name="form-script"),
    path("hooks/", include("pasokh.channels.sms.urls")),
    path("hooks/", include("pasokh.channels.messengers.urls")),
    *i18n_patterns(
        path("", include("pasokh.portal.urls")),
        path("", include("pasokh.desk.urls")),
        path("", include("pasokh.api.page_urls")),
        path("ui/", guide.page, name="style-guide"),
    ),
]

handler400 = "pasokh.ui.errors.bad_request"
handler403 = "pasokh.ui.errors.forbidden"
handler404 = "pasokh.ui.errors.missing"
handler429 = "pasokh.desk.sign_in.too_many"
handler500 = "pasokh.ui.errors.failed"
