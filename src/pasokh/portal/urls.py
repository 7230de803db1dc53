"""The complainant's addresses, under the language."""

from django.urls import path

from pasokh.portal import (
    answers,
    complain,
    details,
    file,
    follow,
    front,
    given,
    letter,
    links,
    lost,
    reach,
    receipt,
)

app_name = "portal"
urlpatterns = [
    path("", front.front, name="front"),
    path("complain/", complain.write, name="complain"),
    path("complain/check/", complain.check, name="check"),
    path("complain/forget/", complain.forget, name="forget"),
    path("complain/receipt/", receipt.receipt, name="receipt"),
    path("complain/receipt/proof.json", receipt.proof, name="proof"),
    path("complain/receipt/receipt.pdf", receipt.paper, name="paper"),
    path("follow/", follow.enter, name="follow"),
    path("follow/leave/", follow.leave, name="leave"),
    path("follow/lost/", lost.lost, name="lost"),
    path("follow/lost/asked/", lost.asked, name="asked"),
    path("follow/lost/code/", lost.code, name="code"),
    path("follow/lost/code/receipt.pdf", lost.paper, name="code-paper"),
    path("follow/lost/link/<str:token>/", lost.renew, name="renew"),
    path("confirm/<str:token>/", links.confirm, name="confirm"),
    path("follow/complaint/", file.file, name="file"),
    path("follow/complaint/proof.json", file.proof, name="file-proof"),
    path("follow/complaint/receipt.pdf", file.paper, name="file-paper"),
    path("follow/complaint/file/<int:number>/", given.given, name="given"),
    path("follow/complaint/file/<int:number>/small/", given.small, name="given-small"),
    path("follow/complaint/file/<int:number>/sound/", given.sound, name="given-sound"),
    path("follow/complaint/address/", links.address, name="address"),
    path("follow/complaint/reach/", reach.reach, name="reach"),
    path("follow/complaint/details/", details.details, name="details"),
    path("follow/complaint/letter/", letter.write, name="letter"),
    path("follow/complaint/refuse/", answers.refuse, name="refuse"),
    path("follow/complaint/rate/", answers.rate, name="rate"),
    path("follow/complaint/<slug:answer>/", answers.answer, name="answer"),
]
