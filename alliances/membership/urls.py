"""Addresses of the room."""

from django.urls import path

from alliances.membership.views import (
    alliances,
    areas,
    contacts,
    enquiries,
    memberships,
    partners,
    posts,
    public,
)
from alliances.membership.views.exports import alliance_export
from alliances.membership.views.mails import mail_edit, mail_list, mail_ours
from alliances.membership.views.reminders import reminder_edit, reminder_list, reminder_ours

app_name = "membership"

urlpatterns = [
    path("", alliances.alliance_list, name="alliance_list"),
    path("export.<export:kind>", alliance_export, name="alliance_export"),
    path("<slug:slug>/", alliances.alliance_detail, name="alliance_detail"),
    path("<slug:slug>/edit/", alliances.alliance_edit, name="alliance_edit"),
    path("<slug:slug>/schools/", memberships.membership_list, name="membership_list"),
    path(
        "<slug:slug>/schools/export.<export:kind>",
        memberships.membership_export,
        name="membership_export",
    ),
    path("<slug:slug>/schools/new/", memberships.membership_find, name="membership_find"),
    path("<slug:slug>/schools/new/<int:urn>/", memberships.membership_add, name="membership_add"),
    path("<slug:slug>/schools/<int:pk>/", memberships.membership_edit, name="membership_edit"),
    path("<slug:slug>/schools/<int:pk>/join/", memberships.membership_join, name="membership_join"),
    path("<slug:slug>/schools/<int:pk>/end/", memberships.membership_end, name="membership_end"),
    path("<slug:slug>/people/", posts.alliance_people, name="alliance_people"),
    path("<slug:slug>/people/new/", posts.post_add, name="post_add"),
    path("<slug:slug>/people/<int:pk>/", posts.post_edit, name="post_edit"),
    path("<slug:slug>/people/<int:pk>/end/", posts.post_end, name="post_end"),
    path("<slug:slug>/areas/new/", areas.area_add, name="area_add"),
    path("<slug:slug>/areas/<int:pk>/", areas.area_edit, name="area_edit"),
    path("<slug:slug>/partners/", partners.partner_list, name="partner_list"),
    path(
        "<slug:slug>/partners/export.<export:kind>",
        partners.partner_export,
        name="partner_export",
    ),
    path("<slug:slug>/partners/new/", partners.partner_add, name="partner_add"),
    path("<slug:slug>/partners/<int:pk>/", partners.partner_edit, name="partner_edit"),
    path("<slug:slug>/partners/<int:pk>/end/", partners.partner_end, name="partner_end"),
    path("<slug:slug>/links/new/", areas.link_add, name="link_add"),
    path("<slug:slug>/links/<int:pk>/remove/", areas.link_remove, name="link_remove"),
    path("<slug:slug>/contacts/", contacts.contact_list, name="contact_list"),
    path("<slug:slug>/contacts/roles/", contacts.contact_cover, name="contact_cover"),
    path(
        "<slug:slug>/contacts/export.<export:kind>",
        contacts.contact_export,
        name="contact_export",
    ),
    path("<slug:slug>/mails/", mail_list, name="mail_list"),
    path("<slug:slug>/mails/<str:kind>/", mail_edit, name="mail_edit"),
    path("<slug:slug>/mails/<str:kind>/ours/", mail_ours, name="mail_ours"),
    path("<slug:slug>/reminders/", reminder_list, name="reminder_list"),
    path("<slug:slug>/reminders/<str:kind>/", reminder_edit, name="reminder_edit"),
    path("<slug:slug>/reminders/<str:kind>/ours/", reminder_ours, name="reminder_ours"),
    path("<slug:slug>/involved/", enquiries.enquiry_new, name="enquiry_new"),
    path("<slug:slug>/involved/thanks/", enquiries.enquiry_thanks, name="enquiry_thanks"),
    path("<slug:slug>/enquiries/", enquiries.enquiry_list, name="enquiry_list"),
    path("<slug:slug>/enquiries/<int:pk>/", enquiries.enquiry_detail, name="enquiry_detail"),
    path(
        "<slug:slug>/enquiries/<int:pk>/aside/",
        enquiries.enquiry_set_aside,
        name="enquiry_set_aside",
    ),
    path("<slug:slug>/public/", public.public_page, name="public_page"),
    path("<slug:slug>/public/edit/", public.public_page_edit, name="public_page_edit"),
]
