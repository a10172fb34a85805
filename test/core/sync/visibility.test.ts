import fc from 'fast-check';
import { alongWithProduct, planVisibility, warning, type Visibility } from '../../../core';

const gone = warning('CATALOG_ARCHIVED');
const after = (before: Visibility, ...rest: [typeof gone | undefined, ('Y' | 'P')?]): Visibility => planVisibility(before, rest[0], 'deactivate', rest[1]).after ?? before;

describe('C2: who hid an item', () => {
	it('decides whether it is shown again', () => {
		expect(after({ active: false, hidden: 'Y' }, undefined)).toEqual({ active: true, hidden: '' });
		expect(after({ active: false, hidden: 'P' }, undefined)).toEqual({ active: true, hidden: '' });
		expect(planVisibility({ active: false, hidden: '' }, undefined, 'deactivate')).toMatchObject({ action: 'none', warning: { code: 'CATALOG_HIDDEN_BY_HAND' } });
	});

	/** What happens to an item: MoySklad archives or restores it, a person hides or shows it. */
	const events = fc.array(fc.constantFrom('archive', 'restore', 'hide', 'show'), { maxLength: 12 });

	it('what a person hid last is never shown by us', () => {
		fc.assert(fc.property(events, (all) => {
			let state: Visibility = { active: true, hidden: '' };
			let archived = false;
			let hiddenByHand = false;
			for (const event of all) {
				if (event === 'hide' && state.active) hiddenByHand = true;
				if (event === 'show') hiddenByHand = false;
				if (event === 'hide' || event === 'show') state = { ...state, active: event === 'show' };
				else archived = event === 'archive';
				state = after(state, archived ? gone : undefined);
				if (hiddenByHand) expect(state.active).toBe(false);
				if (!archived && !hiddenByHand) expect(state.active).toBe(true);
				if (archived) expect(state.active).toBe(false);
			}
		}));
	});

	it('an item that is hidden with its product and then archived itself stays hidden with it', () => {
		const hidden = after({ active: true, hidden: '' }, gone, 'P');
		expect(hidden).toEqual({ active: false, hidden: 'P' });
		expect(after(hidden, gone, 'Y')).toEqual({ active: false, hidden: 'Y' });
		expect(alongWithProduct({ active: false, hidden: 'Y' }, 'show')).toBeUndefined();
		expect(alongWithProduct({ active: false, hidden: 'P' }, 'show')).toEqual({ active: true, hidden: '' });
		expect(alongWithProduct({ active: false, hidden: '' }, 'hide')).toBeUndefined();
	});

	it('other policies leave or delete it', () => {
		expect(planVisibility({ active: true, hidden: '' }, gone, 'ignore')).toEqual({ action: 'leave', warning: gone });
		expect(planVisibility({ active: true, hidden: '' }, gone, 'delete')).toEqual({ action: 'delete', warning: gone });
	});
});
