/**
 * Loaded before every test file. fast-check keeps arrays small (about ten elements) unless told otherwise, even where a
 * test says `maxLength: 60`; laws would then be checked on tiny inputs only. With this, a maximum that is written down is
 * a maximum that is reached; a `size` written beside it still wins.
 */
import fc from 'fast-check';

fc.configureGlobal({ defaultSizeToMaxWhenMaxSpecified: true });
