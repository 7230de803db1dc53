"""The words by which mail programs begin a quotation, a forwarded mail or a foot. Pure.

English, Persian, Arabic, German, French and Spanish, and what comes for nothing beside them. Every
pattern is for one line or few, is matched within `LONGEST_LINE`, and needs more than one sign: a
sentence that ends in «نوشت:» is a person's own unless an address or a quotation follows.
"""

import re

#: Characters of a line that are looked at.
LONGEST_LINE = 400

_DASHES = r"[-_=*~–—\s]"
_BIDI = r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\s]*"

#: How a line of attribution may begin: a word before a date, or a date.
_BEGINS = (
    r"(?:on|am|le|el|il|op|em|den|dne|w dniu|в|در|در تاریخ|به تاریخ|في|في تاريخ|بتاريخ|يوم)\b"
    r"|\d{1,4}[./-]\d|[۰-۹٠-٩]{1,4}[./-]|[\d۰-۹٠-٩]{1,2} "
    r"|(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim)\w{0,7},? "
)
#: How it ends.
_WROTE = (
    r"wrote|writes|said|schrieb|schreef|a écrit|a ecrit|écrit|ha scritto|escribió|escribio|"
    r"escreveu|skrev|napsal\(a\)|napisał\(a\)|пишет|писал|написал\w*|"
    r"نوشت|نوشته است|نوشته|نوشتند|نوشته‌اند|چنین نوشت|كتب|كتبت|كتب/ت|كتب ما يلي|كتبَ|أرسل"
)
ATTRIBUTION = re.compile(
    rf"^{_BIDI}[-–—\s]{{0,6}}(?P<begins>{_BEGINS})?.{{0,300}}?"
    rf"(?P<verb>\b(?:{_WROTE})|>(?:{_WROTE}))(?:\s+(?:am|on|le)\s.{{0,60}})?\s*[:\uff1a]{_BIDI}$",
    re.I | re.S,
)
#: «schrieb am 1. 2. 2024 um 10:00:» and «كتب فلان <a@b> في …:»: the verb in the middle.
VERB_INSIDE = re.compile(
    rf"^{_BIDI}.{{0,200}}?\b(?:{_WROTE})\b.{{0,200}}[:\uff1a]{_BIDI}$", re.I | re.S
)
#: A date, a name, an address: some write no verb.
DATED = re.compile(rf"^{_BIDI}(?:{_BEGINS}).{{0,300}}[:\uff1a]{_BIDI}$", re.I | re.S)
ADDRESS = re.compile(r"[\w.+=-]{1,64}@[\w.-]{1,200}")
IN_ANGLES = re.compile(r"<\s*(?:mailto:)?[^\s<>@]{1,64}@[^\s<>@]{1,200}\s*>")
CLOCK = re.compile(r"[\d۰-۹٠-٩]{1,2}[:.][\d۰-۹٠-٩]{2}")

_ORIGINAL = (
    r"original message|original appointment|forwarded message|forwarded by .{0,80}|"
    r"begin forwarded message|reply above this line|"
    r"ursprüngliche nachricht|originalnachricht|original-nachricht|weitergeleitete nachricht|"
    r"message d['’]origine|message original|message transféré|message transmis|courriel original|"
    r"mensaje original|mensaje reenviado|messaggio originale|oorspronkelijk bericht|"
    r"исходное сообщение|пересылаемое сообщение|"
    r"پیام اصلی|پیغام اصلی|متن اصلی|پیام هدایت[\s\u200c]?شده|پیام ارجاع[\s\u200c]?شده|"
    r"پیام بازارسال[\s\u200c]?شده|پیام فوروارد[\s\u200c]?شده|ایمیل اصلی|"
    r"الرسالة الأصلية|الرسالة الاصلية|رسالة أصلية|رسالة محولة|رسالة معاد توجيهها|"
    r"رسالة مُعاد توجيهها|الرسالة المحولة"
)
SEPARATOR = re.compile(
    rf"^{_BIDI}(?:{_DASHES}{{2,100}}(?:{_ORIGINAL}){_DASHES}{{0,100}}"
    rf"|begin forwarded message\s*:){_BIDI}$",
    re.I,
)

#: Labels of the lines in which Outlook repeats a header.
_FROM = "from|von|de|da|van|от|از|فرستنده|من|المرسل"
_SENT = (
    r"sent|gesendet|envoyé|envoyé le|envoye|enviado|enviado el|inviato|verzonden|отправлено|"
    r"ارسال|ارسال شده|ارسال‌شده|فرستاده شده|تاریخ ارسال|"
    r"تم الإرسال|تم الارسال|مرسل|أُرسلت|أرسلت|تاريخ الإرسال|الإرسال"
)
_DATE = "date|datum|fecha|data|дата|تاریخ|التاريخ"
_TO = "to|an|à|a|para|aan|кому|به|گیرنده|إلى|الى"
_SUBJECT = "subject|betreff|objet|asunto|oggetto|onderwerp|тема|موضوع|الموضوع"
LABEL = re.compile(
    rf"^{_BIDI}[*_]{{0,2}}(?:(?P<sender>{_FROM})|(?P<sent>{_SENT})|(?P<date>{_DATE})"
    rf"|(?P<to>{_TO})|(?P<subject>{_SUBJECT}))\s{{0,3}}[*_]{{0,2}}\s{{0,3}}[:\uff1a]",
    re.I,
)
#: Which of them together are no person's own words.
HEADERS = (
    {"sender", "sent", "subject"},
    {"sender", "date", "subject"},
    {"sender", "sent", "to"},
)
RULE = re.compile(rf"^{_BIDI}[-_=*–—]{{8,}}\s*$")

SIGNATURE = re.compile(r"^--\s?$|^—\s?$|^__\s?$")
#: `-Maryam Karimi` under a text.
_NAME = r"[^\W\d_][\w.'’\u200c]{0,30}"
DASHED_NAME = re.compile(rf"^[-–—~]{{1,2}}{_NAME}(?: {_NAME}){{0,3}}$")
_WORDS = r"[^,،;!?؟:]{1,60}"
_MARKS = (
    rf"sent (?:from|with|via) {_WORDS}|get outlook for {_WORDS}|via mobile|"
    rf"von meinem {_WORDS} gesendet|gesendet (?:von|mit) {_WORDS}|"
    rf"outlook für {_WORDS} (?:herunterladen|beziehen)|"
    rf"envoyé (?:de|depuis|à partir de|avec) {_WORDS}|obtenez outlook pour {_WORDS}|"
    rf"enviado (?:desde|con) {_WORDS}|obtener outlook para {_WORDS}|"
    rf"inviato da {_WORDS}|отправлено (?:с|из) {_WORDS}|"
    rf"(?:ارسال|فرستاده)[\s\u200c]?شده (?:از|با|توسط) {_WORDS}|"
    rf"ارسال از {_WORDS}|از {_WORDS} ارسال شد(?:ه)?|"
    rf"(?:أُ|أ|ا)رسلت? (?:من|عبر|بواسطة) {_WORDS}|"
    rf"(?:تم الإرسال|تم الارسال|مرسل|مُرسل|أُرسِلت) (?:من|عبر|باستخدام) {_WORDS}|"
    rf"الحصول على outlook لـ? ?{_WORDS}"
)
#: What a telephone or a mail program writes under a text.
MOBILE = re.compile(rf"^{_BIDI}(?:{_MARKS})[.۔]?{_BIDI}$", re.I)
_DIGIT = r"[\d۰-۹٠-٩]"
#: Something by which a person or a list is reached: feet have it.
REACHED = re.compile(
    rf"https?://|www\.|[\w.+-]@[\w-]+\.|\+?{_DIGIT}[\d۰-۹٠-٩ ()./-]{{7,30}}{_DIGIT}"
)
