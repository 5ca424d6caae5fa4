"""A review follows its day."""

from partnership.toolkit.registers import FollowerKind
from reviews.days.services.dating import keep_dates

FOLLOWERS = (FollowerKind(key="days.reviews", thing="review_day", follow=keep_dates),)
