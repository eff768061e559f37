// The wire's limits: generated from protocol/ by scripts/protocol_types.py. Do not edit; run that again.

export const MAX_TEXT = 4000;
export const MAX_NAME = 40;
export const MAX_ABOUT = 200;
export const MAX_LABEL = 80;
export const MAX_FILES = 20;
export const MAX_SDP = 49152;
export const MAX_PULL = 200;
export const MAX_PULL_BYTES = 49152;
export const MAX_PAGE = 100;
export const MAX_ROWS = 500;
export const MAX_WATCH = 200;
export const MAX_BEHIND = 1000;
