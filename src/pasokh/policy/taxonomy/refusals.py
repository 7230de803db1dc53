"""What each refusal of this context says to a reader, and what they can do."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "not-authorised": _(
        "Your roles do not allow this here. Nothing was changed. Ask whoever keeps the roles if "
        "you need it."
    ),
    "name-missing": _("A name is needed in both languages. Nothing was changed; write both."),
    "code-invalid": _(
        "%(given)s is not a code. Nothing was changed; begin with a small Latin letter and go on "
        "with small letters, digits and _, 40 at most."
    ),
    "term-code-taken": _(
        "This list has a term with the code %(term)s, perhaps a retired one. Nothing was "
        "changed; choose another code or take the retired one into use again."
    ),
    "no-such-term": _("This list has no term %(term)s. Nothing was changed; choose from the list."),
    "term-retired": _(
        "The term %(term)s is no longer in use. Nothing was changed; choose another, or take it "
        "into use again first."
    ),
    "term-not-retired": _("The term %(term)s is in use already. Nothing was changed."),
    "term-in-itself": _(
        "A term cannot be put under itself or under a term of its own. Nothing was changed."
    ),
    "term-has-terms": _(
        "Terms in use still stand under %(term)s. Nothing was changed; move or retire them first."
    ),
    "body-code-taken": _(
        "There is an outside body with the code %(body)s, perhaps a retired one. Nothing was "
        "changed; choose another code."
    ),
    "no-such-body": _("There is no outside body %(body)s. Nothing was changed."),
    "body-retired": _("The outside body %(body)s is no longer named. Nothing was changed."),
    "body-not-retired": _("The outside body %(body)s is named already. Nothing was changed."),
    "body-not-verified": _(
        "Say on which day %(body)s was verified, or mark it as doubtful. Nothing was changed."
    ),
    "url-invalid": _(
        "%(url)s is not a web address. Nothing was changed; it begins with https:// or http://."
    ),
}
