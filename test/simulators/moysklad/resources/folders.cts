import { fieldRefusal } from '../errors.cts';
import * as kinds from '../engine/kinds.cts';
import { inUse } from '../engine/references.cts';
import { asRef, type Draft, type Resource } from '../engine/schema.cts';
import type { Session } from '../session.cts';
import { archived, externalCode, name, ownership, readOnly, updated } from './common.cts';
import { inFolder, prepareVat, vatFields } from './goodRules.cts';

/** The tree of goods. */

export const productfolder: Resource = {
	type: 'productfolder',
	metadataOf: 'productfolder',
	page: 'good',
	search: { fields: ['name'] },
	fields: {
		...ownership,
		updated,
		name,
		description: { kind: kinds.text(4096) },
		code: { kind: kinds.text() },
		externalCode,
		archived: readOnly(archived),
		...inFolder,
		...vatFields,
	},
	prepare(draft, _before, session, given) {
		prepareVat(draft, given);
		checkChain(draft, session);
	},
	removable(row, session) {
		const inside = ['productfolder', 'product', 'service', 'bundle'].flatMap((type) =>
			session.account
				.table(type)
				.all()
				.filter((one) => asRef(one.productFolder)?.id === row.id)
				.slice(0, 3)
				.map(({ id }) => ({ type, id })),
		);
		if (inside.length > 0) throw inUse(inside, session);
	},
};

/** 23000, 23001: no circles. 3051: the names of a chain together are at most 255 characters. */
function checkChain(draft: Draft, { account }: Session): void {
	let length = String(draft.name).length;
	for (let ref = asRef(draft.productFolder); ref; ref = asRef(account.find(ref)?.productFolder)) {
		if (ref.id === draft.id)
			throw fieldRefusal(asRef(draft.productFolder)?.id === draft.id ? 23000 : 23001, 'productFolder');
		length += String(account.find(ref)?.name ?? '').length + 1;
	}
	if (length > 255) throw fieldRefusal(3051, 'name');
}
