import fc from 'fast-check';
import { pictureName, planPictures, type Picture, type PresentPicture } from '../../../core';

const picture = (n: number, updated = 'u'): Picture => ({ id: `${String(n).padStart(8, '0')}-f831-11e5-7a69-971500188b19`, filename: `${n}.PNG`, size: 10, updated, downloadHref: 'd' });

/** Does what a plan says to what an item shows: the detail picture is replaced, others are appended. */
function carryOut(present: readonly PresentPicture[], plan: ReturnType<typeof planPictures>): PresentPicture[] {
	let after = [...present];
	let id = Math.max(0, ...present.map((one) => one.id));
	for (const { type, name } of plan.add) {
		if (type === 'DETAIL_PICTURE') after = after.filter((one) => one.type !== type);
		after.push({ id: (id += 1), name, type });
	}
	return after.filter((one) => !plan.remove.includes(one.id));
}

const lists = fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { maxLength: 6 });
const foreign: PresentPicture[] = [{ id: 900, name: 'own.jpg', type: 'MORE_PHOTO' }, { id: 901, name: 'preview.jpg', type: 'PREVIEW_PICTURE' }];

describe('pictures', () => {
	it('follow MoySklad with Always, are complete after one run, and leave those of people alone', () => {
		fc.assert(fc.property(lists, lists, fc.boolean(), (before, after, ownDetail) => {
			const own = [...foreign, ...(ownDetail ? [{ id: 902, name: 'own detail.jpg', type: 'DETAIL_PICTURE' }] : [])];
			const first = carryOut(own, planPictures(before.map((n) => picture(n)), own, 'always', true));
			const wanted = after.map((n) => picture(n));
			const second = carryOut(first, planPictures(wanted, first, 'always', true));
			expect(second).toEqual(expect.arrayContaining(own));
			const names = second.filter(({ name }) => name.startsWith('ms_')).map(({ name }) => name).sort();
			if (wanted.length > 0) expect(names).toEqual(wanted.map(pictureName).sort());
			expect(planPictures(wanted, second, 'always', true)).toEqual({ add: [], remove: [] });
		}));
	});

	it('the detail picture is sent last', () => {
		const { add } = planPictures([picture(1), picture(2), picture(3)], [], 'empty', true);
		expect(add.map(({ type }) => type)).toEqual(['MORE_PHOTO', 'MORE_PHOTO', 'DETAIL_PICTURE']);
		expect(add.at(-1)?.picture.id).toBe(picture(1).id);
	});

	it('an item that shows a picture gets none but with Always', () => {
		const present = [{ id: 1, name: 'own.jpg', type: 'DETAIL_PICTURE' }];
		for (const policy of ['empty', 'creating', 'never'] as const) expect(planPictures([picture(1)], present, policy, true).add).toEqual([]);
		expect(planPictures([picture(1)], present, 'always', true).add.map(({ type }) => type)).toEqual(['MORE_PHOTO']);
		expect(planPictures([picture(1)], present, 'always', false).add).toEqual([]);
	});

	it('a change of the file changes its name', () => {
		expect(pictureName(picture(1))).toMatch(/^ms_00000001-f831-11e5-7a69-971500188b19_[0-9a-z]+-\d+\.png$/);
		expect(pictureName(picture(1))).not.toBe(pictureName(picture(1, 'later')));
		expect(pictureName({ ...picture(1), filename: 'scan' })).toMatch(/\.jpg$/);
	});

	it('a preview that Bitrix made of the detail picture is not ours', () => {
		const detail = { id: 1, name: pictureName(picture(1)), type: 'DETAIL_PICTURE' };
		expect(planPictures([picture(1)], [detail, { ...detail, id: 2, type: 'PREVIEW_PICTURE' }], 'always', true)).toEqual({ add: [], remove: [] });
	});
});
