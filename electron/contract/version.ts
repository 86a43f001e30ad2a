/**
 * Raised by one whenever what seats and station say to each other changes; a test compares a digest of all of it. A page that was opened before the
 * station was renewed says so, and asks to be loaded again.
 */
export const CONTRACT_VERSION = 8;
