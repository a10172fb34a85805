import type { FieldChange } from './result';

/** A field of a catalog item that differs, and which one it is: users may call two properties by the same name. */
export interface TargetChange extends FieldChange {
	/** The name of a target (`name`, `property:12`), of a price (`price:1`), or of what no mapping fills. */
	target: string;
}

/** Names of targets that no mapping fills. */
export const OWN_TARGETS = { key: 'xmlId', mark: 'moySkladId', parent: 'parentId', visible: 'active', whole: 'item' } as const;

/** A change as results show it, without its target. */
export const shownChange = ({ field, from, to }: TargetChange): FieldChange => ({ field, from, to });
