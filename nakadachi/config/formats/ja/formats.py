"""Japanese: dates with weekday, 24-hour clock, comma groups."""

DATE_FORMAT = "Y年n月j日"
DATETIME_FORMAT = "Y年n月j日 G:i"
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y.%m.%d"]
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
