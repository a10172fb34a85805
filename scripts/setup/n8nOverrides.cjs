/** linkedom's later versions depend on a package that npm does not have. */
const OVERRIDES = { linkedom: '0.18.13' };

/** Of what older versions of n8n depend on, another one is no longer on npm; no template reaches it. */
const OVERRIDES_OF_OLDER = { ...OVERRIDES, xlsx: '0.18.5' };

module.exports = { OVERRIDES, OVERRIDES_OF_OLDER };
