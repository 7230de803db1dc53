"""Why a text was not saved, or a letter does not leave; and what each missing thing is called."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "wording-unknown": _(
        "Line %(line)s: there is no field called “%(name)s” in this letter. The fields are listed "
        "beside the text. Nothing was saved; what you typed is kept here."
    ),
    "wording-unknown-but-near": _(
        "Line %(line)s: there is no field called “%(name)s” in this letter. Did you mean "
        "“%(near)s”? Nothing was saved; what you typed is kept here."
    ),
    "wording-brace": _(
        "Line %(line)s: braces are for fields alone, and each opening one has its closing one. "
        "Write round brackets, or mend it. Nothing was saved; what you typed is kept here."
    ),
    "wording-part-in-line": _(
        "Line %(line)s: “%(name)s” is a part of several lines, so it stands alone on its line. "
        "Nothing was saved; what you typed is kept here."
    ),
    "wording-only-if": _(
        "Line %(line)s: “%(name)s” says only whether something is so; write it in a condition. "
        "Nothing was saved; what you typed is kept here."
    ),
    "wording-if-in-line": _(
        "Line %(line)s: a condition, and its end, stand alone on their lines. Nothing was saved; "
        "what you typed is kept here."
    ),
    "wording-if-in-if": _(
        "Line %(line)s: a condition cannot stand within another one. End the first one before. "
        "Nothing was saved; what you typed is kept here."
    ),
    "wording-not-ended": _(
        "The condition in line %(line)s is not ended. Its end stands on a line of its own, where "
        "the condition is over. Nothing was saved; what you typed is kept here."
    ),
    "wording-ends-nothing": _(
        "Line %(line)s ends a condition, but none is open there. Nothing was saved; what you typed "
        "is kept here."
    ),
    "wording-nothing-between": _(
        "Line %(line)s: nothing stands between the condition and its end. Nothing was saved; what "
        "you typed is kept here."
    ),
    "wording-without-subject": _(
        "The subject is empty. Nothing was saved; what you typed is kept here."
    ),
    "wording-empty": _("The text is empty. Nothing was saved; what you typed is kept here."),
    "wording-subject-too-long": _(
        "The subject is longer than %(line)s signs. Nothing was saved; what you typed is kept here."
    ),
    "wording-too-long": _(
        "The text is longer than %(line)s signs, or has too many lines. Nothing was saved; what "
        "you typed is kept here."
    ),
    "wording-lacks": _(
        "The rules you work by ask that this letter says: %(lacks)s. The text would not always say "
        "it. Nothing was saved; what you typed is kept here."
    ),
    "wording-changed-meanwhile": _(
        "Somebody else saved this text while you were writing. Nothing of yours was saved; what "
        "you typed is kept here. Look at theirs in another window, then save again."
    ),
    "wording-is-our-own": _("This letter has our own text already."),
    "second-look-without-amount": _(
        "Write the amount above which such letters wait. Nothing was saved."
    ),
    "wording-without-words": _(
        "What a colleague writes would not be in this letter. Put “%(fa)s” (in English “%(en)s”) "
        "in braces on a line of its own, outside any condition. Nothing was saved; what you typed "
        "is kept here."
    ),
    "letter-kind-unnamed": _("Write the name in Persian and in English. Nothing was saved."),
    "letter-kind-taken": _(
        "Another kind of letter is called “%(name)s”, perhaps one that is out of use. Give it "
        "another name, or use that one again. Nothing was saved."
    ),
    "letter-kinds-too-many": _(
        "There are %(most)s kinds already, more than anybody can choose from. Nothing was saved."
    ),
    "letter-kind-retired": _("This kind of letter is out of use already."),
    "letter-kind-in-use": _("This kind of letter is in use already."),
    "no-such-letter-kind": _(
        "There is no such kind of letter, it is out of use, or it has no text in this person's "
        "language. Nothing was sent; choose another one."
    ),
    "no-such-wording": _("There is no such text."),
    "no-such-reply": _("There is no such prepared reply, or it was withdrawn."),
    "letter-lacks": _(
        "This letter cannot leave, for it would lack: %(lacks)s. Nothing was sent. Fill it in on "
        "the file; if the letter's text leaves it out, that is mended in set-up."
    ),
}
