"""Every address against every role: the thing is one of the insiders' own, the stranger's isn't.

For a thing of another alliance the insiders get what the stranger gets.
"""

from django.core import signing

from alliances.meetings.links import SALT as ANSWER_SALT
from partnership.invitations.links import SALT as INVITATION_SALT
from partnership.notices.composing import STOP_SALT
from tests.site.cycles_world import CYCLE_ARGUMENTS
from tests.site.support_world import SUPPORT_ARGUMENTS

OK, LOGIN, HIDDEN, DENIED = "ok", "login", "hidden", "denied"

ROLES = ("visitor", "stranger", "head", "lead", "director", "officer")

# fmt: off
ACCESS = {
    #                                       visitor stranger head    lead    director officer
    "account_change_password":              (LOGIN, OK,      OK,     OK,     OK,      OK),
    "account_confirm_login_code":           (LOGIN, OK,      OK,     OK,     OK,      OK),
    "account_request_login_code":           (OK,    OK,      OK,     OK,     OK,      OK),
    "account_inactive":                     (OK,    OK,      OK,     OK,     OK,      OK),
    "account_login":                        (OK,    OK,      OK,     OK,     OK,      OK),
    "account_logout":                       (OK,    OK,      OK,     OK,     OK,      OK),
    "account_reauthenticate":               (LOGIN, OK,      OK,     OK,     OK,      OK),
    "account_reset_password":               (OK,    OK,      OK,     OK,     OK,      OK),
    "account_reset_password_done":          (OK,    OK,      OK,     OK,     OK,      OK),
    "account_reset_password_from_key":      (OK,    OK,      OK,     OK,     OK,      OK),
    "account_reset_password_from_key_done": (OK,    OK,      OK,     OK,     OK,      OK),
    "account_set_password":                 (LOGIN, OK,      OK,     OK,     OK,      OK),
    "mfa_activate_totp":                    (LOGIN, OK,      OK,     OK,     OK,      OK),
    "mfa_add_webauthn":                     (LOGIN, OK,      OK,     OK,     OK,      OK),
    "mfa_edit_webauthn":                    (LOGIN, OK,      OK,     OK,     OK,      OK),
    "mfa_login_webauthn":                   (LOGIN, OK,      OK,     OK,     OK,      OK),
    "mfa_reauthenticate_webauthn":          (LOGIN, OK,      OK,     OK,     OK,      OK),
    "mfa_remove_webauthn":                  (LOGIN, OK,      OK,     OK,     OK,      OK),
    "mfa_authenticate":                     (LOGIN, OK,      OK,     OK,     OK,      OK),
    "mfa_deactivate_totp":                  (LOGIN, HIDDEN,  HIDDEN, HIDDEN, HIDDEN,  HIDDEN),
    "mfa_download_recovery_codes":          (LOGIN, HIDDEN,  HIDDEN, HIDDEN, HIDDEN,  HIDDEN),
    "mfa_generate_recovery_codes":          (LOGIN, OK,      OK,     OK,     OK,      OK),
    "mfa_index":                            (LOGIN, OK,      OK,     OK,     OK,      OK),
    "mfa_reauthenticate":                   (LOGIN, OK,      OK,     OK,     OK,      OK),
    "mfa_view_recovery_codes":              (LOGIN, HIDDEN,  HIDDEN, HIDDEN, HIDDEN,  HIDDEN),
    "openid_connect_callback":              (HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN,  HIDDEN),
    "openid_connect_login":                 (HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN,  HIDDEN),

    "home:front":                           (OK,    OK,      OK,     OK,     OK,      OK),
    "home:privacy":                         (OK,    OK,      OK,     OK,     OK,      OK),
    "home:cookies":                         (OK,    OK,      OK,     OK,     OK,      OK),
    "home:accessibility":                   (OK,    OK,      OK,     OK,     OK,      OK),
    "home:help":                            (OK,    OK,      OK,     OK,     OK,      OK),
    "home:healthz":                         (OK,    OK,      OK,     OK,     OK,      OK),
    "home:readyz":                          (OK,    OK,      OK,     OK,     OK,      OK),
    "home:desk":                            (LOGIN, OK,      OK,     OK,     OK,      OK),
    "home:search":                          (LOGIN, OK,      OK,     OK,     OK,      OK),
    "home:style":                           (LOGIN, DENIED,  DENIED, DENIED, DENIED,  OK),
    "home:progress_file":                   (LOGIN, HIDDEN,  HIDDEN, HIDDEN, HIDDEN,  HIDDEN),
    "home:progress":                        (LOGIN, HIDDEN,  HIDDEN, HIDDEN, HIDDEN,  HIDDEN),
    "home:demo_mails":                      (HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN,  HIDDEN),

    "people:my_details":                    (LOGIN, OK,      OK,     OK,     OK,      OK),
    "people:address_change":                (LOGIN, OK,      OK,     OK,     OK,      OK),
    "people:address_confirm":               (LOGIN, HIDDEN,  HIDDEN, HIDDEN, HIDDEN,  HIDDEN),
    "people:device_list":                   (LOGIN, OK,      OK,     OK,     OK,      OK),
    "people:device_sign_out":               (LOGIN, HIDDEN,  HIDDEN, HIDDEN, HIDDEN,  HIDDEN),
    "people:devices_sign_out":              (LOGIN, OK,      OK,     OK,     OK,      OK),
    "people:account_connect":               (LOGIN, OK,      OK,     OK,     OK,      OK),
    "people:account_disconnect":            (LOGIN, OK,      OK,     OK,     OK,      OK),

    "invitations:invitation_accept":        (OK,    OK,      OK,     OK,     OK,      OK),
    "invitations:invitation_export":        (LOGIN, DENIED,  DENIED, DENIED, DENIED,  OK),
    "invitations:invitation_list":          (LOGIN, DENIED,  DENIED, DENIED, DENIED,  OK),
    "invitations:invitation_new":           (LOGIN, DENIED,  DENIED, DENIED, DENIED,  OK),
    "invitations:invitation_send_again":    (LOGIN, HIDDEN,  HIDDEN, HIDDEN, HIDDEN,  OK),
    "invitations:invitation_withdraw":      (LOGIN, HIDDEN,  HIDDEN, HIDDEN, HIDDEN,  OK),

    "notices:notice_list":                  (LOGIN, DENIED,  DENIED, DENIED, DENIED,  OK),
    "notices:notice_export":                (LOGIN, DENIED,  DENIED, DENIED, DENIED,  OK),
    "notices:notice_drop":                  (LOGIN, DENIED,  DENIED, DENIED, DENIED,  OK),
    "notices:notice_retry":                 (LOGIN, DENIED,  DENIED, DENIED, DENIED,  OK),
    "notices:notices_retry_failed":         (LOGIN, DENIED,  DENIED, DENIED, DENIED,  OK),
    "notices:refusal_clear":                (LOGIN, DENIED,  DENIED, DENIED, DENIED,  OK),
    "notices:reminders_choose":             (LOGIN, OK,      OK,     OK,     OK,      OK),
    "notices:reminders_stop":               (OK,    OK,      OK,     OK,     OK,      OK),

    "calendar:calendar_list":               (LOGIN, OK,      OK,     OK,     OK,      OK),
    "calendar:dates_import":                (LOGIN, DENIED,  DENIED, DENIED, DENIED,  OK),
    "calendar:diary":                       (LOGIN, OK,      OK,     OK,     OK,      OK),
    "calendar:diary_export":                (LOGIN, OK,      OK,     OK,     OK,      OK),
    "calendar:feed_list":                   (LOGIN, OK,      OK,     OK,     OK,      OK),
    "calendar:feed_open":                   (LOGIN, OK,      OK,     OK,     OK,      OK),
    "calendar:feed_renew":                  (LOGIN, HIDDEN,  OK,     HIDDEN, HIDDEN,  HIDDEN),
    "calendar:feed_stop":                   (LOGIN, HIDDEN,  OK,     HIDDEN, HIDDEN,  HIDDEN),
    "calendar:feed_read":                   (OK,    OK,      OK,     OK,     OK,      OK),
    "calendar:year_now":                    (LOGIN, OK,      OK,     OK,     OK,      OK),
    "calendar:year_detail":                 (LOGIN, OK,      OK,     OK,     OK,      OK),
    "calendar:year_edit":                   (LOGIN, DENIED,  OK,     DENIED, DENIED,  DENIED),
    "calendar:year_clear":                  (LOGIN, DENIED,  OK,     DENIED, DENIED,  DENIED),

    "schools:school_list":                  (LOGIN, OK,      OK,     OK,     OK,      OK),
    "schools:school_detail":                (LOGIN, OK,      OK,     OK,     OK,      OK),
    "schools:details_confirm":              (LOGIN, DENIED,  OK,     DENIED, DENIED,  OK),
    "schools:contact_edit":                 (LOGIN, DENIED,  OK,     DENIED, DENIED,  OK),
    "schools:delegation_new":               (LOGIN, DENIED,  OK,     DENIED, DENIED,  DENIED),
    "schools:delegation_end":               (LOGIN, DENIED,  OK,     DENIED, DENIED,  DENIED),
    "schools:person_leave":                 (LOGIN, DENIED,  OK,     DENIED, OK,      OK),
    "schools:departure_call_off":           (LOGIN, DENIED,  OK,     DENIED, OK,      OK),
    "schools:school_people":                (LOGIN, DENIED,  OK,     DENIED, OK,      OK),
    "schools:post_add":                     (LOGIN, DENIED,  OK,     DENIED, DENIED,  OK),
    "schools:post_edit":                    (LOGIN, DENIED,  OK,     DENIED, DENIED,  OK),
    "schools:inspection_add":               (LOGIN, DENIED,  OK,     DENIED, DENIED,  OK),
    "schools:inspection_remove":            (LOGIN, DENIED,  OK,     DENIED, DENIED,  OK),
    "schools:register_updates":             (LOGIN, DENIED,  DENIED, DENIED, DENIED,  OK),
    "schools:register_update":              (LOGIN, DENIED,  DENIED, DENIED, DENIED,  OK),
    "schools:register_update_read":         (LOGIN, DENIED,  DENIED, DENIED, DENIED,  OK),
    "schools:register_update_accept":       (LOGIN, DENIED,  DENIED, DENIED, DENIED,  OK),
    "schools:register_update_put_aside":    (LOGIN, DENIED,  DENIED, DENIED, DENIED,  OK),
    "schools:conversion_accept":            (LOGIN, DENIED,  DENIED, DENIED, DENIED,  OK),
    "schools:school_profile":               (LOGIN, OK,      OK,     OK,     OK,      OK),
    "schools:school_export":                (LOGIN, OK,      OK,     OK,     OK,      OK),

    "membership:alliance_list":             (LOGIN, OK,      OK,     OK,     OK,      OK),
    "membership:mail_list":                 (LOGIN, DENIED,  DENIED, DENIED, OK,      OK),
    "membership:mail_edit":                 (LOGIN, DENIED,  DENIED, DENIED, OK,      OK),
    "membership:mail_ours":                 (LOGIN, DENIED,  DENIED, DENIED, OK,      OK),
    "membership:reminder_list":             (LOGIN, DENIED,  DENIED, DENIED, OK,      OK),
    "membership:reminder_edit":             (LOGIN, DENIED,  DENIED, DENIED, OK,      OK),
    "membership:reminder_ours":             (LOGIN, DENIED,  DENIED, DENIED, OK,      OK),
    "membership:alliance_export":           (LOGIN, OK,      OK,     OK,     OK,      OK),
    "membership:alliance_detail":           (LOGIN, OK,      OK,     OK,     OK,      OK),
    "membership:alliance_edit":             (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "membership:membership_list":           (LOGIN, DENIED,  OK,     OK,     OK,      OK),
    "membership:membership_export":         (LOGIN, DENIED,  OK,     OK,     OK,      OK),
    "membership:membership_find":           (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "membership:membership_add":            (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "membership:membership_edit":           (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "membership:membership_join":           (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "membership:membership_end":            (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "membership:alliance_people":           (LOGIN, DENIED,  OK,     OK,     OK,      OK),
    "membership:contact_list":              (LOGIN, DENIED,  OK,     OK,     OK,      OK),
    "membership:contact_cover":             (LOGIN, DENIED,  OK,     OK,     OK,      OK),
    "membership:contact_export":            (LOGIN, DENIED,  OK,     OK,     OK,      OK),
    "membership:enquiry_new":               (OK,    OK,      OK,     OK,     OK,      OK),
    "membership:enquiry_thanks":            (OK,    OK,      OK,     OK,     OK,      OK),
    "membership:enquiry_list":              (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "membership:enquiry_detail":            (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "membership:enquiry_set_aside":         (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "membership:public_page":               (OK,    OK,      OK,     OK,     OK,      OK),
    "membership:public_page_edit":          (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "membership:post_add":                  (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "membership:post_edit":                 (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "membership:post_end":                  (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "membership:area_add":                  (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "membership:area_edit":                 (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "membership:partner_list":              (LOGIN, DENIED,  OK,     OK,     OK,      OK),
    "membership:partner_export":            (LOGIN, DENIED,  OK,     OK,     OK,      OK),
    "membership:partner_add":               (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "membership:partner_edit":              (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "membership:partner_end":               (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "membership:link_add":                  (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "membership:link_remove":               (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),

    "meetings:meeting_list":                (LOGIN, OK,      OK,     OK,     OK,      OK),
    "meetings:meeting_export":              (LOGIN, OK,      OK,     OK,     OK,      OK),
    "meetings:meeting_new":                 (LOGIN, DENIED,  DENIED, OK,     OK,      DENIED),
    "meetings:body_list":                   (LOGIN, OK,      OK,     OK,     OK,      OK),
    "meetings:body_export":                 (LOGIN, OK,      OK,     OK,     OK,      OK),
    "meetings:body_new":                    (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "meetings:body_detail":                 (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "meetings:body_edit":                   (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "meetings:body_close":                  (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "meetings:drafts_call":                 (LOGIN, HIDDEN,  DENIED, OK,     OK,      HIDDEN),
    "meetings:meeting_copy":                (LOGIN, HIDDEN,  DENIED, OK,     OK,      HIDDEN),
    "meetings:seat_export":                 (LOGIN, HIDDEN,  DENIED, OK,     OK,      HIDDEN),
    "meetings:seat_find":                   (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "meetings:seats_fill":                  (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "meetings:seat_add_school":             (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "meetings:seat_add_person":             (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "meetings:seat_end":                    (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "meetings:minutes_detail":              (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "meetings:minutes_write":               (LOGIN, HIDDEN,  DENIED, OK,     OK,      HIDDEN),
    "meetings:minute_draft":                (LOGIN, HIDDEN,  DENIED, OK,     OK,      HIDDEN),
    "meetings:minutes_give":                (LOGIN, HIDDEN,  DENIED, OK,     OK,      HIDDEN),
    "meetings:minutes_check":               (LOGIN, HIDDEN,  DENIED, OK,     DENIED,  HIDDEN),
    "meetings:minutes_send_back":           (LOGIN, HIDDEN,  DENIED, OK,     DENIED,  HIDDEN),
    "meetings:minutes_approve":             (LOGIN, HIDDEN,  DENIED, OK,     OK,      HIDDEN),
    "meetings:action_list":                 (LOGIN, OK,      OK,     OK,     OK,      OK),
    "meetings:action_export":               (LOGIN, OK,      OK,     OK,     OK,      OK),
    "meetings:action_detail":               (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "meetings:action_edit":                 (LOGIN, HIDDEN,  DENIED, OK,     OK,      HIDDEN),
    "meetings:action_done":                 (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "meetings:action_reopen":               (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "meetings:action_drop":                 (LOGIN, HIDDEN,  DENIED, OK,     OK,      HIDDEN),
    "meetings:action_give":                 (LOGIN, HIDDEN,  DENIED, OK,     OK,      HIDDEN),
    "meetings:agenda_pdf":                  (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "meetings:attendance_pdf":              (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "meetings:minutes_pdf":                 (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "meetings:meeting_detail":              (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "meetings:meeting_edit":                (LOGIN, HIDDEN,  DENIED, OK,     OK,      HIDDEN),
    "meetings:meeting_call":                (LOGIN, HIDDEN,  HIDDEN, OK,     OK,      HIDDEN),
    "meetings:meeting_discard":             (LOGIN, HIDDEN,  HIDDEN, OK,     OK,      HIDDEN),
    "meetings:meeting_move":                (LOGIN, HIDDEN,  DENIED, OK,     OK,      HIDDEN),
    "meetings:meeting_cancel":              (LOGIN, HIDDEN,  DENIED, OK,     OK,      HIDDEN),
    "meetings:meeting_hold":                (LOGIN, HIDDEN,  DENIED, OK,     OK,      HIDDEN),
    "meetings:meeting_answer":              (LOGIN, HIDDEN,  OK,     DENIED, DENIED,  HIDDEN),
    "meetings:meeting_apologies":           (LOGIN, HIDDEN,  OK,     DENIED, DENIED,  HIDDEN),
    "meetings:meeting_answer_by_mail":      (OK,    OK,      OK,     OK,     OK,      OK),
    "meetings:meeting_register":            (LOGIN, HIDDEN,  DENIED, OK,     OK,      HIDDEN),
    "meetings:meeting_chase":               (LOGIN, HIDDEN,  DENIED, OK,     OK,      HIDDEN),
    "meetings:agenda_publish":              (LOGIN, HIDDEN,  DENIED, OK,     OK,      HIDDEN),
    "meetings:proposal_new":                (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "meetings:proposal_take":               (LOGIN, HIDDEN,  DENIED, OK,     OK,      HIDDEN),
    "meetings:proposal_decline":            (LOGIN, HIDDEN,  DENIED, OK,     OK,      HIDDEN),
    "meetings:proposal_withdraw":           (LOGIN, HIDDEN,  OK,     DENIED, DENIED,  HIDDEN),
    "meetings:item_carry":                  (LOGIN, HIDDEN,  DENIED, OK,     OK,      HIDDEN),
    "meetings:item_add":                    (LOGIN, HIDDEN,  DENIED, OK,     OK,      HIDDEN),
    "meetings:item_edit":                   (LOGIN, HIDDEN,  DENIED, OK,     OK,      HIDDEN),
    "meetings:item_move":                   (LOGIN, HIDDEN,  DENIED, OK,     OK,      HIDDEN),
    "meetings:item_remove":                 (LOGIN, HIDDEN,  DENIED, OK,     OK,      HIDDEN),
    "meetings:paper_add":                   (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "meetings:paper_download":              (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "meetings:paper_remove":                (LOGIN, HIDDEN,  DENIED, OK,     OK,      HIDDEN),

    "cycles:cycle_list":                    (LOGIN, OK,      OK,     OK,     OK,      OK),
    "cycles:cycle_detail":                  (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "cycles:cycle_export":                  (LOGIN, OK,      OK,     OK,     OK,      OK),
    "cycles:cycle_begin":                   (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "cycles:cycle_edit":                    (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "cycles:cycle_copy":                    (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "cycles:cycle_ask":                     (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "cycles:cycle_finish":                  (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "cycles:cycle_call_off":                (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "cycles:host_add":                      (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "cycles:host_end":                      (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "cycles:cycle_reviewer_add":            (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "cycles:cycle_reviewer_end":            (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "cycles:organiser_name":                (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "cycles:organiser_end":                 (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "cycles:pair_rule_list":                (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "cycles:pair_rule_add":                 (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "cycles:pair_rule_end":                 (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "cycles:host_list":                     (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "cycles:cycle_reviewer_list":           (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "cycles:framework_list":                (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "cycles:framework_detail":              (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "cycles:framework_begin":               (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "cycles:framework_renew":               (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "cycles:framework_edit":                (LOGIN, HIDDEN,  HIDDEN, HIDDEN, OK,      HIDDEN),
    "cycles:framework_settle":              (LOGIN, HIDDEN,  HIDDEN, HIDDEN, OK,      HIDDEN),
    "cycles:framework_retire":              (LOGIN, HIDDEN,  HIDDEN, HIDDEN, OK,      HIDDEN),
    "cycles:worded_add":                    (LOGIN, HIDDEN,  HIDDEN, HIDDEN, OK,      HIDDEN),
    "cycles:worded_edit":                   (LOGIN, HIDDEN,  HIDDEN, HIDDEN, OK,      HIDDEN),
    "cycles:worded_move":                   (LOGIN, HIDDEN,  HIDDEN, HIDDEN, OK,      HIDDEN),
    "cycles:worded_remove":                 (LOGIN, HIDDEN,  HIDDEN, HIDDEN, OK,      HIDDEN),
    "cycles:day_detail":                    (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "cycles:day_move":                      (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "cycles:day_cancel":                    (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "cycles:day_restore":                   (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "cycles:day_held":                      (LOGIN, HIDDEN,  DENIED, OK,     OK,      HIDDEN),
    "cycles:day_not_held":                  (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "cycles:day_team":                      (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "cycles:reviewer_ask":                  (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "cycles:place_lead":                    (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "cycles:place_end":                     (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "cycles:place_answer":                  (LOGIN, HIDDEN,  DENIED, OK,     DENIED,  HIDDEN),
    "cycles:place_decline":                 (LOGIN, HIDDEN,  DENIED, OK,     DENIED,  HIDDEN),
    "cycles:year_list":                     (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "cycles:year_export":                   (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "cycles:given_export":                  (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "cycles:place_answer_by_mail":          (OK,    OK,      OK,     OK,     OK,      OK),
    "cycles:own_dates":                     (LOGIN, OK,      OK,     OK,     OK,      OK),
    "cycles:school_dates":                  (LOGIN, DENIED,  OK,     DENIED, DENIED,  DENIED),
    "cycles:reviewer_dates":                (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "cycles:host_dates":                    (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "cycles:reviewer_list":                 (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "cycles:reviewer_export":               (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "cycles:reviewer_add":                  (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "cycles:reviewer_detail":               (LOGIN, HIDDEN,  OK,     HIDDEN, OK,      HIDDEN),
    "cycles:reviewer_limits":               (LOGIN, HIDDEN,  OK,     HIDDEN, OK,      HIDDEN),
    "cycles:reviewer_end":                  (LOGIN, HIDDEN,  DENIED, HIDDEN, OK,      HIDDEN),
    "cycles:training_add":                  (LOGIN, HIDDEN,  DENIED, HIDDEN, OK,      HIDDEN),
    "cycles:training_remove":               (LOGIN, HIDDEN,  DENIED, HIDDEN, OK,      HIDDEN),
    "cycles:cannot_review_add":             (LOGIN, HIDDEN,  OK,     HIDDEN, DENIED,  HIDDEN),
    "cycles:cannot_review_end":             (LOGIN, HIDDEN,  OK,     HIDDEN, DENIED,  HIDDEN),

    "programmes:programme_detail":          (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "programmes:programme_beginning":       (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:overview":                    (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "progress:overview_export":             (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "progress:board":                       (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "progress:review_list":                 (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:review_open":                 (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "progress:review_detail":               (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:view_give":                   (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:review_show":                 (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "progress:review_talk":                 (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:review_close":                (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "progress:concern_list":                (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:concern_raise":               (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:concern_detail":              (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:concern_reply":               (LOGIN, HIDDEN,  OK,     DENIED, DENIED,  HIDDEN),
    "progress:concern_step":                (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:concern_resolve":             (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "progress:end_detail":                  (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:end_open":                    (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "progress:end_close":                   (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "progress:final_view":                  (LOGIN, HIDDEN,  OK,     OK,     DENIED,  HIDDEN),
    "progress:sustain_give":                (LOGIN, HIDDEN,  OK,     DENIED, DENIED,  HIDDEN),
    "progress:checkback_give":              (LOGIN, HIDDEN,  OK,     DENIED, DENIED,  HIDDEN),
    "progress:days_give_back":              (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "progress:story_name":                  (LOGIN, HIDDEN,  DENIED, OK,     OK,      HIDDEN),
    "progress:story_answer":                (LOGIN, HIDDEN,  OK,     DENIED, DENIED,  HIDDEN),
    "progress:timeline":                    (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:measure_list":                 (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:measure_detail":               (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:measure_export":               (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:measure_add":                  (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:measure_edit":                 (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:measure_drop":                 (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:measure_headline":             (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:values_enter":                 (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:term_figures":                 (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:measures_import":              (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:measures_template":            (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:money_detail":                 (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:plan_detail":                (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:plan_begin":                 (LOGIN, HIDDEN,  OK,     OK,     DENIED,  HIDDEN),
    "progress:plan_agree":                 (LOGIN, HIDDEN,  OK,     OK,     DENIED,  HIDDEN),
    "progress:plan_changes":               (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:community_begin":            (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "progress:objective_add":              (LOGIN, HIDDEN,  OK,     OK,     DENIED,  HIDDEN),
    "progress:objective_edit":             (LOGIN, HIDDEN,  OK,     OK,     DENIED,  HIDDEN),
    "progress:objective_drop":             (LOGIN, HIDDEN,  OK,     OK,     DENIED,  HIDDEN),
    "progress:action_add":                 (LOGIN, HIDDEN,  OK,     OK,     DENIED,  HIDDEN),
    "progress:action_edit":                (LOGIN, HIDDEN,  OK,     OK,     DENIED,  HIDDEN),
    "progress:action_done":                (LOGIN, HIDDEN,  OK,     OK,     DENIED,  HIDDEN),
    "progress:action_reopen":              (LOGIN, HIDDEN,  OK,     OK,     DENIED,  HIDDEN),
    "progress:action_drop":                (LOGIN, HIDDEN,  OK,     OK,     DENIED,  HIDDEN),
    "progress:visit_list":                  (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:visit_export":                (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:visit_plan":                  (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:visit_detail":                (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:visit_edit":                  (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:visit_cancel":                (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:visit_held":                  (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:visit_unheld":                (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:note_write":                  (LOGIN, HIDDEN,  DENIED, OK,     DENIED,  HIDDEN),
    "progress:note_draft":                  (LOGIN, HIDDEN,  DENIED, OK,     DENIED,  HIDDEN),
    "progress:note_give":                   (LOGIN, HIDDEN,  DENIED, OK,     DENIED,  HIDDEN),
    "progress:note_check":                  (LOGIN, HIDDEN,  OK,     DENIED, DENIED,  HIDDEN),
    "progress:note_release":                (LOGIN, HIDDEN,  OK,     DENIED, DENIED,  HIDDEN),
    "progress:note_withdraw":               (LOGIN, HIDDEN,  OK,     DENIED, DENIED,  HIDDEN),
    "progress:placement_plan":              (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:placement_detail":            (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:placement_agree":             (LOGIN, HIDDEN,  OK,     OK,     DENIED,  HIDDEN),
    "progress:placement_move":              (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:placement_cancel":            (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:placement_held":              (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "progress:days_promise":                (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "progress:programme_pause":             (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "progress:programme_resume":            (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "progress:programme_stop":              (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "programmes:caseload":                  (LOGIN, OK,      OK,     OK,     OK,      OK),
    "programmes:caseload_export":           (LOGIN, OK,      OK,     OK,     OK,      OK),
    "programmes:support_ask":               (LOGIN, OK,      OK,     OK,     DENIED,  DENIED),
    "programmes:support_refer":             (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "programmes:request_answer":            (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "programmes:request_withdraw":          (LOGIN, HIDDEN,  OK,     DENIED, DENIED,  HIDDEN),
    "programmes:support_figures":           (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "programmes:eligibility_check":         (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "programmes:programme_history":         (LOGIN, HIDDEN,  OK,     DENIED, OK,      HIDDEN),
    "programmes:person_name":               (LOGIN, HIDDEN,  OK,     DENIED, OK,      HIDDEN),
    "programmes:person_end":                (LOGIN, HIDDEN,  OK,     DENIED, DENIED,  HIDDEN),
    "programmes:programme_watch":           (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "programmes:review_own_view":           (LOGIN, HIDDEN,  OK,     DENIED, DENIED,  HIDDEN),
    "programmes:review_assess":             (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "programmes:review_reply":              (LOGIN, HIDDEN,  OK,     DENIED, DENIED,  HIDDEN),
    "programmes:review_judge":              (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "programmes:review_again":              (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "programmes:support_match":           (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "programmes:matching_finish":         (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "programmes:matching_take_back":      (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "programmes:supporting_school":       (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "programmes:strand_new":              (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "programmes:strand_give_up":          (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "programmes:conflict_settle":         (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "programmes:diligence_check":         (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "programmes:interests_declare":       (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "programmes:agreement_edit":            (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "programmes:agreement_send":            (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "programmes:agreement_drop":            (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "programmes:agreement_renew":           (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "programmes:agreement_sign":            (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "programmes:agreement_decline":         (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "programmes:agreement_versions":        (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "programmes:agreement_detail":          (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "programmes:agreement_words":           (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "programmes:agreement_pdf":             (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),

    "hubs:workhub_list":                    (LOGIN, OK,      OK,     OK,     OK,      OK),
    "hubs:workhub_export":                  (LOGIN, OK,      OK,     OK,     OK,      OK),
    "hubs:workhub_new":                     (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "hubs:workhub_detail":                  (LOGIN, HIDDEN,  OK,     OK,     OK,      OK),
    "hubs:workhub_year":                    (LOGIN, HIDDEN,  OK,     OK,     OK,      OK),
    "hubs:workhub_edit":                    (LOGIN, HIDDEN,  DENIED, OK,     OK,      DENIED),
    "hubs:workhub_invite":                  (LOGIN, HIDDEN,  DENIED, OK,     OK,      DENIED),
    "hubs:place_answer":                    (LOGIN, HIDDEN,  OK,     DENIED, DENIED,  DENIED),
    "hubs:place_leave":                     (LOGIN, HIDDEN,  OK,     DENIED, DENIED,  DENIED),
    "hubs:place_remove":                    (LOGIN, HIDDEN,  DENIED, OK,     OK,      DENIED),
    "hubs:place_withdraw":                  (LOGIN, HIDDEN,  DENIED, OK,     OK,      DENIED),
    "hubs:place_stay":                      (LOGIN, HIDDEN,  OK,     OK,     OK,      DENIED),
    "hubs:objective_export":                (LOGIN, OK,      OK,     OK,     OK,      OK),
    "hubs:workhubs_roll_over":              (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "hubs:request_new":                     (LOGIN, HIDDEN,  DENIED, OK,     DENIED,  DENIED),
    "hubs:request_answer":                  (LOGIN, HIDDEN,  DENIED, OK,     OK,      DENIED),
    "hubs:request_withdraw":                (LOGIN, HIDDEN,  OK,     DENIED, DENIED,  DENIED),
    "hubs:person_add":                      (LOGIN, HIDDEN,  DENIED, OK,     OK,      DENIED),
    "hubs:person_edit":                     (LOGIN, HIDDEN,  DENIED, OK,     OK,      DENIED),
    "hubs:objective_add":                   (LOGIN, HIDDEN,  DENIED, OK,     OK,      DENIED),
    "hubs:objective_detail":                (LOGIN, HIDDEN,  OK,     OK,     OK,      OK),
    "hubs:objective_progress":              (LOGIN, HIDDEN,  DENIED, OK,     OK,      DENIED),
    "hubs:objective_edit":                  (LOGIN, HIDDEN,  DENIED, OK,     OK,      DENIED),
    "hubs:objective_move":                  (LOGIN, HIDDEN,  DENIED, OK,     OK,      DENIED),
    "hubs:objective_remove":                (LOGIN, HIDDEN,  DENIED, OK,     OK,      DENIED),
    "hubs:workhub_close":                   (LOGIN, HIDDEN,  DENIED, DENIED, OK,      DENIED),
    "hubs:workhub_reopen":                  (LOGIN, HIDDEN,  DENIED, DENIED, OK,      DENIED),
    "hubs:year_close":                      (LOGIN, HIDDEN,  DENIED, DENIED, OK,      DENIED),
    "hubs:year_reopen":                     (LOGIN, HIDDEN,  DENIED, DENIED, OK,      DENIED),

    "directory:practitioner_list":          (LOGIN, OK,      OK,     OK,     OK,      OK),
    "directory:practitioner_export":        (LOGIN, OK,      OK,     OK,     OK,      OK),
    "directory:practitioner_add":           (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "directory:practitioner_detail":        (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "directory:practitioner_edit":          (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "directory:practitioner_end":           (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "directory:practitioner_days":          (LOGIN, HIDDEN,  DENIED, OK,     OK,      HIDDEN),
    "directory:entry_confirm":              (LOGIN, HIDDEN,  DENIED, DENIED, DENIED,  HIDDEN),
    "directory:consent_ask":                (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "directory:consent_give":               (LOGIN, HIDDEN,  DENIED, OK,     DENIED,  HIDDEN),
    "directory:consent_refuse":             (LOGIN, HIDDEN,  DENIED, OK,     DENIED,  HIDDEN),
    "directory:consent_withdraw":           (LOGIN, HIDDEN,  DENIED, OK,     DENIED,  HIDDEN),
    "directory:school_days":                (LOGIN, DENIED,  OK,     DENIED, OK,      DENIED),
    "directory:offer_list":                 (LOGIN, OK,      OK,     OK,     OK,      OK),
    "directory:offer_export":               (LOGIN, OK,      OK,     OK,     OK,      OK),
    "directory:offer_add":                  (LOGIN, DENIED,  OK,     OK,     OK,      DENIED),
    "directory:offer_detail":               (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "directory:offer_edit":                 (LOGIN, HIDDEN,  DENIED, OK,     OK,      HIDDEN),
    "directory:offer_end":                  (LOGIN, HIDDEN,  DENIED, OK,     OK,      HIDDEN),
    "directory:expert_list":                (LOGIN, OK,      OK,     OK,     OK,      OK),
    "directory:expert_export":              (LOGIN, OK,      OK,     OK,     OK,      OK),
    "directory:expert_add":                 (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "directory:expert_detail":              (LOGIN, HIDDEN,  OK,     OK,     OK,      HIDDEN),
    "directory:expert_edit":                (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "directory:expert_end":                 (LOGIN, HIDDEN,  DENIED, DENIED, OK,      HIDDEN),
    "directory:shared_post_list":           (LOGIN, OK,      OK,     OK,     OK,      OK),
    "directory:shared_post_export":         (LOGIN, OK,      OK,     OK,     OK,      OK),
    "directory:shared_post_add":            (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "directory:shared_post_detail":         (LOGIN, HIDDEN,  HIDDEN, OK,     OK,      HIDDEN),
    "directory:shared_post_edit":           (LOGIN, HIDDEN,  HIDDEN, DENIED, OK,      HIDDEN),
    "directory:shared_post_end":            (LOGIN, HIDDEN,  HIDDEN, DENIED, OK,      HIDDEN),
    "directory:rules_detail":               (LOGIN, DENIED,  OK,     OK,     OK,      OK),
    "directory:rules_edit":                 (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "directory:support_open":               (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "directory:designation_add":            (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "directory:designation_edit":           (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "directory:area_add":                   (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
    "directory:area_edit":                  (LOGIN, DENIED,  DENIED, DENIED, OK,      DENIED),
}
# fmt: on


def _workbook(_world, _things):
    return ["xlsx"]


def _alliance(_world, things):
    return [things["alliance"].slug]


def _of_alliance(name):
    return lambda _world, things: [things["alliance"].slug, things[name].pk]


def _meeting(_world, things):
    return [things["meeting"].pk]


def _urn(_world, things):
    return [things["school"].urn]


def _post(_world, things):
    return [things["school"].urn, things["post"].pk]


def _delegation(_world, things):
    return [things["school"].urn, things["delegation"].pk]


def _leaver(_world, things):
    return [things["school"].urn, things["post"].person_id]


def _draft(_world, things):
    return [things["draft"].pk]


def _held(_world, things):
    return [things["held"].pk]


def _action(_world, things):
    return [things["action"].pk]


def _circle(_world, things):
    return [things["circle"].pk]


def _circle_seat(_world, things):
    return [things["circle"].pk, things["circle_seat"].pk]


def _reply(_world, things):
    return [things["meeting"].pk, things["reply"].pk]


def _proposal(_world, things):
    return [things["proposal"].pk]


def _item(_world, things):
    return [things["meeting"].pk, things["item"].pk]


def _paper(_world, things):
    return [things["meeting"].pk, things["paper"].pk]


def _register_update(world, _things):
    return [world.register_update.pk]


def _year(_world, things):
    return [things["workhub"].slug, things["year"].academic_year]


def _calendar(_world, things):
    return ["schools", things["school"].urn]


def _feed(_world, things):
    return [things["feed"].pk]


def _calendar_year(world, things):
    return [*_calendar(world, things), things["calendar_year"].slug]


def _place(_world, things):
    return [things["place"].pk]


def _request(_world, things):
    return [things["request"].pk]


def _objective(_world, things):
    return [things["objective"].pk]


def _answer_token(_world, things):
    return [signing.dumps([things["reply"].pk, things["reply"].asking], salt=ANSWER_SALT)]


def _invitation_token(world, _things):
    return [signing.dumps([world.invitation.pk, world.invitation.issue], salt=INVITATION_SALT)]


ARGUMENTS = {
    "account_reset_password_from_key": lambda _world, _things: ["x", "y"],
    "mfa_edit_webauthn": lambda world, _things: [world.passkey.pk],
    "mfa_remove_webauthn": lambda world, _things: [world.passkey.pk],
    "openid_connect_callback": lambda _world, _things: ["nobody"],
    "openid_connect_login": lambda _world, _things: ["nobody"],
    "people:account_disconnect": lambda _world, _things: [1],
    "people:device_sign_out": lambda _world, _things: [1],
    "people:address_confirm": lambda _world, _things: ["made-up"],
    "home:progress": lambda _world, _things: ["nobodys-work"],
    "home:progress_file": lambda _world, _things: ["nobodys-work"],
    "invitations:invitation_accept": _invitation_token,
    "invitations:invitation_send_again": lambda world, _things: [world.invitation.pk],
    "invitations:invitation_withdraw": lambda world, _things: [world.invitation.pk],
    "notices:notice_drop": lambda world, _things: [world.notice.pk],
    "notices:notice_retry": lambda world, _things: [world.notice.pk],
    "notices:refusal_clear": lambda world, _things: [world.notice.recipient_id],
    "notices:reminders_stop": lambda world, _things: [
        signing.dumps(world.notice.recipient_id, salt=STOP_SALT)
    ],
    "calendar:diary_export": _workbook,
    "calendar:feed_renew": _feed,
    "calendar:feed_stop": _feed,
    "calendar:feed_read": lambda _world, things: [things["feed"].secret],
    "calendar:year_now": _calendar,
    "calendar:year_detail": _calendar_year,
    "calendar:year_edit": _calendar_year,
    "calendar:year_clear": _calendar_year,
    "schools:school_detail": _urn,
    "schools:inspection_add": _urn,
    "schools:inspection_remove": lambda _world, things: [
        things["school"].urn,
        things["inspection"].pk,
    ],
    "schools:register_update": _register_update,
    "schools:register_update_read": _register_update,
    "schools:register_update_accept": _register_update,
    "schools:register_update_put_aside": _register_update,
    "schools:conversion_accept": lambda world, _things: [world.conversion.pk],
    "schools:details_confirm": _urn,
    "schools:contact_edit": _urn,
    "schools:delegation_new": _urn,
    "schools:delegation_end": _delegation,
    "schools:person_leave": _leaver,
    "schools:departure_call_off": lambda _world, things: [
        things["school"].urn,
        things["departure"].pk,
    ],
    "schools:school_people": _urn,
    "schools:post_add": _urn,
    "schools:post_edit": _post,
    "membership:alliance_detail": _alliance,
    "membership:alliance_edit": _alliance,
    "membership:membership_list": _alliance,
    "membership:membership_export": lambda _world, things: [things["alliance"].slug, "csv"],
    "membership:membership_find": _alliance,
    "membership:membership_add": lambda _world, things: [
        things["alliance"].slug,
        things["school"].urn,
    ],
    "membership:membership_edit": _of_alliance("membership"),
    "membership:membership_join": _of_alliance("membership"),
    "membership:membership_end": _of_alliance("membership"),
    "membership:alliance_people": _alliance,
    "membership:contact_list": _alliance,
    "membership:contact_cover": _alliance,
    "membership:contact_export": lambda _world, things: [things["alliance"].slug, "csv"],
    "membership:enquiry_new": _alliance,
    "membership:enquiry_thanks": _alliance,
    "membership:enquiry_list": _alliance,
    "membership:enquiry_detail": _of_alliance("enquiry"),
    "membership:enquiry_set_aside": _of_alliance("enquiry"),
    "membership:public_page": _alliance,
    "membership:public_page_edit": _alliance,
    "membership:post_add": _alliance,
    "membership:post_edit": _of_alliance("alliance_post"),
    "membership:post_end": _of_alliance("alliance_post"),
    "membership:area_add": _alliance,
    "membership:area_edit": _of_alliance("area"),
    "membership:partner_add": _alliance,
    "membership:partner_list": _alliance,
    "membership:partner_export": lambda _world, things: [things["alliance"].slug, "csv"],
    "membership:partner_edit": _of_alliance("partner"),
    "membership:partner_end": _of_alliance("partner"),
    "membership:link_add": _alliance,
    "membership:link_remove": _of_alliance("link"),
    "meetings:meeting_detail": _meeting,
    "meetings:meeting_edit": _meeting,
    "meetings:meeting_call": _draft,
    "meetings:meeting_discard": _draft,
    "meetings:meeting_move": _meeting,
    "meetings:meeting_cancel": _meeting,
    "meetings:meeting_hold": _meeting,
    "meetings:meeting_answer": _reply,
    "meetings:meeting_apologies": _reply,
    "meetings:meeting_answer_by_mail": _answer_token,
    "meetings:meeting_register": _meeting,
    "meetings:meeting_chase": _meeting,
    "meetings:agenda_publish": _meeting,
    "meetings:proposal_new": lambda _world, things: [things["body"].pk],
    "meetings:proposal_take": _proposal,
    "meetings:proposal_decline": _proposal,
    "meetings:proposal_withdraw": _proposal,
    "meetings:item_carry": _meeting,
    "meetings:item_add": _meeting,
    "meetings:item_edit": _item,
    "meetings:item_move": _item,
    "meetings:item_remove": _item,
    "meetings:paper_add": _item,
    "meetings:paper_download": _paper,
    "schools:school_export": _workbook,
    "meetings:meeting_export": _workbook,
    "meetings:body_export": _workbook,
    "meetings:body_detail": _circle,
    "meetings:body_edit": _circle,
    "meetings:body_close": _circle,
    "meetings:drafts_call": _circle,
    "meetings:meeting_copy": _meeting,
    "meetings:seat_export": lambda _world, things: [things["circle"].pk, "csv"],
    "meetings:seat_find": _circle,
    "meetings:seats_fill": _circle,
    "meetings:seat_add_school": lambda _world, things: [things["circle"].pk, things["school"].urn],
    "meetings:seat_add_person": lambda _world, things: [
        things["circle"].pk,
        things["post"].person_id,
    ],
    "meetings:seat_end": _circle_seat,
    "meetings:minutes_detail": lambda _world, things: [things["minuted"].pk],
    "meetings:minutes_write": _held,
    "meetings:minute_draft": _held,
    "meetings:minutes_give": _held,
    "meetings:minutes_check": lambda _world, things: [things["given"].pk],
    "meetings:minutes_send_back": lambda _world, things: [things["given"].pk],
    "meetings:minutes_approve": lambda _world, things: [things["minuted"].pk],
    "meetings:action_export": _workbook,
    "meetings:action_detail": _action,
    "meetings:action_edit": _action,
    "meetings:action_done": _action,
    "meetings:action_reopen": _action,
    "meetings:action_drop": _action,
    "meetings:action_give": _circle,
    "meetings:agenda_pdf": _meeting,
    "meetings:attendance_pdf": lambda _world, things: [things["minuted"].pk],
    "meetings:minutes_pdf": lambda _world, things: [things["minuted"].pk],
    "hubs:workhub_export": _workbook,
    "hubs:objective_export": _workbook,
    "membership:mail_list": lambda _world, things: [things["alliance"].slug],
    "membership:mail_edit": lambda _world, things: [things["alliance"].slug, "meetings.called"],
    "membership:mail_ours": lambda _world, things: [things["alliance"].slug, "meetings.called"],
    "membership:reminder_list": lambda _world, things: [things["alliance"].slug],
    "membership:reminder_edit": lambda _world, things: [things["alliance"].slug, "meetings.answer"],
    "membership:reminder_ours": lambda _world, things: [things["alliance"].slug, "meetings.answer"],
    "schools:school_profile": lambda _world, things: [things["school"].urn],
    "membership:alliance_export": _workbook,
    "invitations:invitation_export": _workbook,
    "notices:notice_export": _workbook,
    "meetings:paper_remove": _paper,
    "hubs:workhub_detail": lambda _world, things: [things["workhub"].slug],
    "hubs:workhub_year": _year,
    "hubs:workhub_edit": _year,
    "hubs:workhub_invite": _year,
    "hubs:place_answer": _place,
    "hubs:place_leave": _place,
    "hubs:place_remove": _place,
    "hubs:place_withdraw": _place,
    "hubs:place_stay": _place,
    **SUPPORT_ARGUMENTS,
    **CYCLE_ARGUMENTS,
    "hubs:workhubs_roll_over": lambda _world, things: [
        things["alliance"].slug,
        things["year"].academic_year.next,
    ],
    "hubs:request_new": _year,
    "hubs:request_answer": _request,
    "hubs:request_withdraw": _request,
    "hubs:person_add": _year,
    "hubs:person_edit": lambda _world, things: [things["member"].pk],
    "hubs:objective_add": _year,
    "hubs:objective_detail": _objective,
    "hubs:objective_progress": _objective,
    "hubs:objective_edit": _objective,
    "hubs:objective_move": _objective,
    "hubs:objective_remove": _objective,
    "hubs:workhub_close": lambda _world, things: [things["workhub"].slug],
    "hubs:workhub_reopen": lambda _world, things: [things["workhub"].slug],
    "hubs:year_close": _year,
    "hubs:year_reopen": _year,
}
