import type { SalesDocument } from '../../moysklad/salesDocument';

/** Under which name a link remembers what the timeline has been told. */
export const LIFECYCLE = 'lifecycle';

/** What has become of an order, as far as the timeline tells it: its state, what is paid and what is shipped, as one text to compare. */
export const lifecycleOf = ({ state, payedSum, shippedSum }: Pick<SalesDocument, 'state' | 'payedSum' | 'shippedSum'>): string =>
	JSON.stringify([state?.id ?? '', payedSum, shippedSum]);

/** Marks (see `lifecycleOf`) by which it is decided whether the timeline is told. */
export interface LifecycleSides {
	/** Marks of what was told last and of what is now; the first is undefined when nobody remembers. */
	told: string | undefined;
	now: string;
	isNew: boolean;
	/** Whether the stage moves in this run. */
	moves: boolean;
}

/** Whether the timeline gets a comment: once for each change. Where nobody remembers, only a stage that moves is certainly one. */
export function isToBeTold({ told, now, isNew, moves }: LifecycleSides): boolean {
	if (isNew) return false;
	return told === undefined ? moves : told !== now;
}
