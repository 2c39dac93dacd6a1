internal import ICU
