"""What happens to a person: added, let in, corrected, closed; and how she signs in."""

from partnership.people.services.accounts import (
    OwnAccount,
    add_person,
    deactivate,
    edit_person,
    end_portal_staff,
    let_in,
    make_portal_staff,
    remove_second_factor,
)
from partnership.people.services.addresses import (
    AddressTaken,
    LinkUsed,
    ask_for_new_address,
    change_address,
    send_address_link,
)
from partnership.people.services.devices import sign_out_device, sign_out_everywhere_else
from partnership.people.services.elsewhere import (
    AccountTaken,
    connect_account,
    disconnect_account,
)
from partnership.people.services.signing_in import (
    LastWay,
    ask_for_password_reset,
    remove_passkey,
    send_account_mail,
    send_login_code,
    send_password_reset,
)

__all__ = [
    "AccountTaken",
    "AddressTaken",
    "LastWay",
    "LinkUsed",
    "OwnAccount",
    "add_person",
    "ask_for_new_address",
    "ask_for_password_reset",
    "change_address",
    "connect_account",
    "deactivate",
    "disconnect_account",
    "edit_person",
    "end_portal_staff",
    "let_in",
    "make_portal_staff",
    "remove_passkey",
    "remove_second_factor",
    "send_account_mail",
    "send_address_link",
    "send_login_code",
    "send_password_reset",
    "sign_out_device",
    "sign_out_everywhere_else",
]
