"""English as used in Japan: ISO input dates."""

DATE_FORMAT = "j M Y"
DATETIME_FORMAT = "j M Y H:i"
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%Y/%m/%d"]
