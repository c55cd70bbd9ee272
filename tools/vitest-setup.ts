/**
 * Loaded before every test file. fast-check keeps arrays small (about ten elements) unless told otherwise, even where a
 * test says `maxLength: 60`; laws would then be checked on tiny inputs only. With this, a maximum that is written down is
 * a maximum that is reached; a `size` written beside it still wins.
 *
 * In CI every law is tried on the same inputs each time, so that a red run is about the change. Elsewhere the inputs
 * are new each time, to find what nobody thought of; a failing law prints its seed, and PROPERTY_SEED tries it again.
 */
import fc from 'fast-check';

const CI_SEED = 20_270_101;
const asked = process.env.PROPERTY_SEED ?? (process.env.CI === undefined ? undefined : CI_SEED);

fc.configureGlobal({
  defaultSizeToMaxWhenMaxSpecified: true,
  ...(asked === undefined ? {} : { seed: Number(asked) }),
});
