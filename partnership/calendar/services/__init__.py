"""What people and files settle about academic years."""

from partnership.calendar.services.importing import Imported, ReadYear, import_term_dates
from partnership.calendar.services.settling import Settled, clear_year, settle_year
from partnership.calendar.services.subscribing import open_feed, renew_feed, stop_feed

__all__ = [
    "Imported",
    "ReadYear",
    "Settled",
    "clear_year",
    "import_term_dates",
    "open_feed",
    "renew_feed",
    "settle_year",
    "stop_feed",
]
