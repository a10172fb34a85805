import { warning, type Warning } from './result';

/** What becomes of an item that MoySklad archived or deleted, or that left the scope (rules C2, C3). */
export type GonePolicy = 'deactivate' | 'ignore' | 'delete';

/** Who hid an item, as its property says: we for itself (*Y*), or along with its product (*P*), or nobody of us. */
export type HiddenMark = 'Y' | 'P' | '';

/** Whether customers see an item, and who hid it. */
export interface Visibility {
	active: boolean;
	hidden: HiddenMark;
}

/** What the property says; nothing for any text that this package does not write. */
export const readHiddenMark = (text: string | null): HiddenMark => (text === 'Y' || text === 'P' ? text : '');

/** Why an item is not to be seen; undefined = it is to be seen. */
export type Gone = Warning | undefined;

/** What is done to one item, `leave`: a person hid it. */
export interface VisibilityPlan {
	action: 'none' | 'show' | 'hide' | 'delete' | 'leave';
	/** What is to be stored; undefined = as it is. */
	after?: Visibility;
	warning?: Warning;
}

/**
 * Decides whether an item that is there is shown. What a person hid stays hidden: only what carries our mark is shown again.
 * What a person showed again although we hid it loses the mark when it is to be seen. `mark` says for whose sake it is hidden.
 */
export function planVisibility(present: Visibility, gone: Gone, policy: GonePolicy, mark: 'Y' | 'P' = 'Y'): VisibilityPlan {
	if (gone) return planGone(present, gone, policy, mark);
	if (present.active) return present.hidden === '' ? { action: 'none' } : { action: 'none', after: { active: true, hidden: '' } };
	if (present.hidden === '') return { action: 'none', warning: warning('CATALOG_HIDDEN_BY_HAND') };
	return { action: 'show', after: { active: true, hidden: '' } };
}

function planGone(present: Visibility, gone: Warning, policy: GonePolicy, mark: 'Y' | 'P'): VisibilityPlan {
	if (policy === 'ignore') return { action: 'leave', warning: gone };
	if (policy === 'delete') return { action: 'delete', warning: gone };
	if (present.active) return { action: 'hide', after: { active: false, hidden: mark }, warning: gone };
	const changesReason = present.hidden === 'P' && mark === 'Y';
	return { action: 'leave', warning: gone, ...(changesReason && { after: { active: false, hidden: mark } }) };
}

/** What happens to an offer when its product is hidden or shown again by us; undefined = nothing. */
export function alongWithProduct(offer: Visibility, product: 'show' | 'hide'): Visibility | undefined {
	if (product === 'hide') return offer.active ? { active: false, hidden: 'P' } : undefined;
	return !offer.active && offer.hidden === 'P' ? { active: true, hidden: '' } : undefined;
}
