"""The staff's addresses, under the language."""

from django.urls import path

from pasokh.desk import cases, entry, paper, queue, setup, sign_in

app_name = "desk"
urlpatterns = [
    path("setup/done/", setup.done, name="setup-done"),
    path("setup/<str:token>/", setup.first_administrator, name="setup"),
    path("desk/sign-in/", sign_in.SignIn.as_view(), name="sign-in"),
    path("desk/sign-out/", sign_in.SignOut.as_view(), name="sign-out"),
    path("desk/", queue.queue, name="queue"),
    path("desk/search/", queue.search, name="search"),
    path("desk/calls/", queue.calls, name="calls"),
    path("desk/complaints/new/", entry.new, name="new"),
    path("desk/complaints/<str:ref>/", cases.case, name="case"),
    path("desk/complaints/<str:ref>/form/", paper.form, name="form"),
    path("desk/complaints/<str:ref>/read/", cases.read_notice, name="read"),
    path("desk/complaints/<str:ref>/files/<str:digest>/", cases.file, name="file"),
    path("desk/complaints/<str:ref>/<str:name>/", cases.act, name="act"),
]
