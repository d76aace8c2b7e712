"""Addresses of the practice, and of sign-in: only those pages of django-allauth that are used."""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.usersessions import views as browsers
from django.urls import URLPattern, path, re_path

from holdspace.cellar.access.doors import door, open_door
from holdspace.cellar.access.table import Action
from holdspace.cellar.vault.layers import Layer
from holdspace.frame.practice.views import entrance, home, members, mine, places
from holdspace.frame.practice.views.entrance import opened

SIGN_IN = "whoever signs in is nobody until they have"
FORGOT = "whoever forgot their password cannot sign in"
AGAIN = "asks for itself who is signed in, and that they are still there"
FIRST_FACTOR = "asks for itself who is signed in; members come here before they may do anything"

own = door(Action.WRITE, Layer.ADMIN, what="own sign-in")

sign_in: list[URLPattern] = [
    path("sign-in/", opened(account.login, because=SIGN_IN, what="sign-in"),
         name="account_login"),
    path("sign-in/code/", opened(factors.authenticate, because=SIGN_IN, what="second factor"),
         name="mfa_authenticate"),
    path("sign-in/passkey/", opened(passkeys.login_webauthn, because=SIGN_IN, what="passkey"),
         name="mfa_login_webauthn"),
    path("sign-in/inactive/",
         opened(account.account_inactive, because=SIGN_IN, what="inactive account"),
         name="account_inactive"),
    path("sign-out/",
         open_door(because="signing out takes nothing but leaving", what="sign-out")(
             account.logout),
         name="account_logout"),
    path("again/", opened(account.reauthenticate, because=AGAIN, what="sign-in again"),
         name="account_reauthenticate"),
    path("again/code/", opened(factors.reauthenticate, because=AGAIN, what="sign-in again"),
         name="mfa_reauthenticate"),
    path("again/passkey/",
         opened(passkeys.reauthenticate_webauthn, because=AGAIN, what="sign-in again"),
         name="mfa_reauthenticate_webauthn"),
    path("password/forgotten/",
         opened(account.password_reset, because=FORGOT, what="forgotten password"),
         name="account_reset_password"),
    path("password/forgotten/sent/",
         opened(account.password_reset_done, because=FORGOT, what="forgotten password"),
         name="account_reset_password_done"),
    re_path(r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
            opened(account.password_reset_from_key, because=FORGOT, what="new password"),
            name="account_reset_password_from_key"),
    path("password/new/done/",
         opened(account.password_reset_from_key_done, because=FORGOT, what="new password"),
         name="account_reset_password_from_key_done"),
    path("join/<str:token>/", entrance.invitation, name="invitation"),
]  # fmt: skip

second_factors: list[URLPattern] = [
    path("my/second-factor/", opened(factors.index, because=FIRST_FACTOR, what="second factor"),
         name="mfa_index"),
    path("my/second-factor/app/",
         opened(totp.activate_totp, because=FIRST_FACTOR, what="authenticator app"),
         name="mfa_activate_totp"),
    path("my/second-factor/passkeys/add/",
         opened(passkeys.add_webauthn, because=FIRST_FACTOR, what="passkey"),
         name="mfa_add_webauthn"),
    path("my/second-factor/app/remove/", own(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("my/second-factor/passkeys/", own(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("my/second-factor/passkeys/<int:pk>/remove/", own(passkeys.remove_webauthn),
         name="mfa_remove_webauthn"),
    path("my/second-factor/codes/", own(codes.view_recovery_codes),
         name="mfa_view_recovery_codes"),
    path("my/second-factor/codes/new/", own(codes.generate_recovery_codes),
         name="mfa_generate_recovery_codes"),
    path("my/second-factor/codes/download/", own(codes.download_recovery_codes),
         name="mfa_download_recovery_codes"),
]  # fmt: skip

urlpatterns = [
    *sign_in,
    *second_factors,
    path("my/", mine.my_page, name="my_page"),
    path("my/pin/", mine.pin, name="pin"),
    path("my/password/", own(account.password_change), name="account_change_password"),
    path("my/browsers/", own(browsers.list_usersessions), name="usersessions_list"),
    path("my/browsers/<int:session>/sign-out/", mine.revoke, name="revoke_session"),
    path("practice/", home.practice, name="practice"),
    path("practice/help/", home.confirm_help, name="confirm_help"),
    path("practice/help/withdraw/", home.withdraw_help, name="withdraw_help"),
    path("practice/places/", places.places, name="places"),
    path("practice/sites/", places.add_site, name="add_site"),
    path("practice/rooms/", places.add_room, name="add_room"),
    path("practice/rooms/<uuid:room>/close/", places.close_room, name="close_room"),
    path("practice/members/", members.members, name="members"),
    path("practice/members/invite/", members.invite, name="invite"),
    path("practice/members/<uuid:member>/", members.member, name="member"),
    path("practice/members/<uuid:member>/end/", members.end, name="end_membership"),
    path("practice/invitations/<uuid:invitation>/withdraw/", members.withdraw,
         name="withdraw_invitation"),
]  # fmt: skip
