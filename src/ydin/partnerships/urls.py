"""Addresses of the `partnerships` slice."""

from django.urls import URLPattern, path

from ydin.partnerships.views import by_link, introducing, listings, suggestions, together
from ydin.partnerships.views import round as the_round

app_name = "partnerships"
urlpatterns: list[URLPattern] = [
    path("market/", listings.market, name="market"),
    path("market/groups/<int:pk>/", listings.of_group, name="of_group"),
    path("market/groups/<int:pk>/add/", listings.add, name="add"),
    path("market/networks/<slug:slug>/", listings.of_network, name="of_network"),
    path("market/items/<int:pk>/", listings.listing, name="listing"),
    path("market/items/<int:pk>/renew/", listings.renew, name="renew"),
    path("market/items/<int:pk>/close/", listings.close, name="close"),
    path("market/round/<int:pk>/", the_round.the_round, name="round"),
    path("o/g/<token>/", by_link.desk, name="desk"),
    path("o/g/<token>/add/", by_link.desk_add, name="desk_add"),
    path("o/g/<token>/together/", by_link.desk_together, name="desk_together"),
    path("o/g/<token>/introduce/", by_link.desk_introduce, name="desk_introduce"),
    path("o/<token>/", by_link.listing_link, name="listing_link"),
    path("o/<token>/change/", by_link.listing_link_change, name="listing_link_change"),
    path("o/<token>/renew/", by_link.listing_link_renew, name="listing_link_renew"),
    path("o/<token>/close/", by_link.listing_link_close, name="listing_link_close"),
    path("market/introduce/", introducing.introduce, name="introduce"),
    path("market/not-relevant/<int:pk>/restore/", suggestions.restore, name="restore"),
    path("market/suggested/<int:pk>/", suggestions.suggestion, name="suggestion"),
    path("market/suggested/<int:pk>/ask/", suggestions.ask, name="ask"),
    path("market/suggested/<int:pk>/dismiss/", suggestions.dismiss, name="dismiss"),
    path("o/s/<token>/", suggestions.suggestion_link, name="suggestion_link"),
    path("o/s/<token>/ask/", suggestions.suggestion_link_ask, name="suggestion_link_ask"),
    path("o/s/<token>/dismiss/", suggestions.suggestion_link_dismiss, name="suggestion_link_dismiss"),
    path("o/s/<token>/restore/", suggestions.suggestion_link_restore, name="suggestion_link_restore"),
    path("i/<token>/", suggestions.consent, name="consent"),
    path("i/<token>/yes/", suggestions.consent_yes, name="consent_yes"),
    path("i/<token>/no/", suggestions.consent_no, name="consent_no"),
    path("market/together/", together.together, name="together"),
    path("market/together/new/", together.together_new, name="together_new"),
    path("market/groups/<int:pk>/together/", together.group_together, name="group_together"),
    path("market/networks/<slug:slug>/together/", together.network_together, name="network_together"),
    path("k/<token>/", together.confirm, name="confirm"),
    path("k/<token>/yes/", together.confirm_yes, name="confirm_yes"),
    path("k/<token>/no/", together.confirm_no, name="confirm_no"),
]
