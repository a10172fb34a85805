/** Prices that this package reckons stand among MoySklad's own under an id that none of these can have. */
const PREFIX = 'computed:';

/** The id of a computed price among the price types. */
export const computedTypeId = (name: string): string => `${PREFIX}${name}`;

/** The name of a computed price by its id; undefined for a price type of MoySklad. */
export const computedName = (typeId: string): string | undefined => (typeId.startsWith(PREFIX) ? typeId.slice(PREFIX.length) : undefined);
