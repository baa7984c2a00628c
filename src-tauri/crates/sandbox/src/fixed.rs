//! Choices that are not switched: how the practice Partner Center behaves where nothing is published.

/// Matter and choice, as the table of `CHOICES.md` prints them.
pub(crate) const ROWS: &[(&str, &str)] = &[
    (
        "authorisation",
        "in the app any `Authorization: Bearer …`; as a server the tokens of the sign-in authority, or any with `--no-auth`. Without one 401 with 800001; an expired one 401 without a body and `WWW-Authenticate`; for another service 401 with 900420; without a second factor 401 with 900421; an application alone 403 with 900329 where a user is needed",
    ),
    (
        "lost answers",
        "`Faults::lose_next_answer` carries the next changing request out, commits, and answers 599 with `x-sandbox-lost: 1`; the in-process transport and the server make a broken connection of it",
    ),
    (
        "`Faults::domain_taken`",
        "the prefix of the next create is refused and stays taken for good (HEAD then says so too); the switch turns itself off, so a fallback prefix goes through",
    ),
    ("missing member on create", "400 with 2001 \"Customer details are missing\", `data` names all of them"),
    ("bad e-mail", "400 with 27002; also for `@microsoft.com` and the provider's own domain; the tenant is *not* made"),
    ("bad name, culture, domain form", "400 with 800002, `data` names the member"),
    (
        "registration number, phone",
        "600049 missing, 600050 wrong form, 600002 given where the country takes none, 600051 phone missing or wrong form. A leading `+` and calling code are taken off before the phone pattern is tried",
    ),
    ("reseller on create", "unknown 400 with 800016; agreement not signed 403 with 900123"),
    ("billing profile", "a PUT without the newest `If-Match`: 400 with 2055; the country cannot be changed"),
    (
        "`Faults::agreement_refused`, `prices_up`, `partial_checkout`, `ordered_elsewhere`",
        "the next attestation is refused with 27002; carts and orders ask a tenth more; the last of several groups of the next checkout is refused with 800066; the next checkout answers 500 and drops its cart, and the same was ordered an hour before",
    ),
    (
        "throttling",
        "while the switch is on, everything under `/v1/customers` answers 429 in the gateway's shape with `Retry-After: 5`",
    ),
    (
        "account review",
        "customers made while the switch is on are `UnderReview` until it is turned off, then `Allowed`; checkout meanwhile 403 with 800073. Carts can be made",
    ),
    ("agreement template", "attesting with an unknown template: 400 with 800002; twice: 403 with 600061"),
    (
        "cart lines",
        "wrong product, SKU, availability: 404 with 400013, 400018, 400019. Term not sold: 400 with 900268; cycle not sold with it: 900269. Participant unknown 800016, partnership not active 900154, agreement not signed 403 with 900123; attestation missing 900206. Add-on without its base 400 with 400041. Quantity outside the limits and foreign currency: 201 with a line error 10015, 10000",
    ),
    ("checkout", "agreement missing 403 with 13605; line errors 400 with 800009; prices as in the price sheet"),
    (
        "order groups",
        "one per billing cycle. More than 300 seats of one business plan per customer: 800066; a second trial of the same SKU: 800089. Some groups may fail beside others; when all fail, the first one's refusal is the answer",
    ),
    ("finished cart", "the first result again, 201, under any request id"),
    (
        "passing time",
        "terms renew with what is planned, windows close, unrenewed terms expire or go on in the paid extension month by month, worked out at each read; the clock can be moved ahead",
    ),
    (
        "end of a term",
        "`termEndInstruction` of the subscription: `cancel` or `extend`; without it a term bought from April 2025 that ends from 4 May 2026 is extended, an older one expires",
    ),
    (
        "changed licences",
        "more at any time; fewer from the newest batch whose 168 hours are not over, else 400 with 900214; cancelling while the window of the term is open, else 400 with 900213; an immediate change drops what is planned",
    ),
    (
        "upgrades",
        "to dearer products of the same family with the same plan, carried out at once; else 400 with 900236. Of part of the licences: a second subscription with the same end. Older offers: to a later one of their category, into a new subscription",
    ),
    ("trials", "25 seats, one month, not renewed"),
    (
        "add-on bases",
        "an active new-commerce subscription of the tenant or a line of the same cart; older offers do not count",
    ),
    (
        "address check",
        "town in small letters: `InteractionRequired` with a suggestion; street without a number: `StreetPartial`; against the country's rules: `None`; else `VerifiedShippable`",
    ),
    (
        "countries without rules of their own",
        "nothing required but a town; the 24 countries of the registration list also ask for number and phone",
    ),
    ("power cut", "may take the last commits, a kill none"),
    ("`size`", "absent or 0: up to 500 on a page"),
    ("least quantity of a plan", "`terms[].minimumQuantity`, a member of this sandbox only"),
    ("product family", "`dynamicAttributes.category` of the SKU"),
    ("price sheet", "CSV, not zipped; unknown market 404 with 400013"),
    ("country not sold", "403 with 2030"),
];
