"""What an agreement says if nobody says otherwise, in plain English."""

from __future__ import annotations

MONEY_WORDS = "\n".join(
    (
        "No school pays for the days above unless a cost is named there.",
        "The alliance pays the home school for supply cover where it has agreed to do so.",
    )
)
DATA_WORDS = "\n".join(
    (
        (
            "What is kept: the request, the swift review, this agreement, who gave which days, and "
            "later the notes of visits and reviews. It is kept in the alliance’s portal."
        ),
        (
            "Who sees it: the supported head and whom she names, the supporting head, each "
            "practitioner her own strand, the head who releases her, and the alliance’s director and "
            "whom the director names. Nobody else finds out that there is a programme."
        ),
        (
            "No pupil is named, by name or initials, anywhere in it. Figures about fewer than ten "
            "pupils are not written down."
        ),
        (
            "Each school answers for the personal data of its own staff under the UK General Data "
            "Protection Regulation and the Data Protection Act 2018, and tells the others within a "
            "school day if something went astray."
        ),
        (
            "Schools are public authorities: they may be asked under the Freedom of Information Act "
            "2000 for what they hold. Whoever is asked tells the other parties before answering, and "
            "looks with them at what the law lets her hold back."
        ),
        "It is kept for six years after the support ends and then deleted.",
    )
)
CONFIDENTIALITY_WORDS = "\n".join(
    (
        "What people learn in each other’s schools stays between the parties of this agreement.",
        (
            "Views, ratings and notes are passed on, also to governors, trusts or the local authority, "
            "only by the supported school or with its head’s word."
        ),
        (
            "This binds nobody to keep quiet about a child’s safety: whoever has a concern tells the "
            "designated safeguarding lead of the school at once."
        ),
        "It goes on after the support has ended.",
    )
)
