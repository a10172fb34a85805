import { crud } from '../fields/crud.cts';
import { describeFields, YES_NO, type FieldTable } from '../fields/fieldTable.cts';
import { idOf, ok, type Method, type MethodCall } from '../methods/method.cts';
import type { Portal } from '../portal.cts';
import { asInteger, asList, type Params } from '../wire/params.cts';
import { plainError, RestError, zeroError } from '../wire/restError.cts';
import { cancel, conduct, DOCUMENT_TYPES, linesOf } from './documents.cts';
import type { DocumentElementRow, DocumentRow } from './rows.cts';

const DOCUMENT_FIELDS: FieldTable = {
	id: { type: 'integer', readOnly: true },
	docType: { type: 'char', required: 'add', immutable: true },
	siteId: { type: 'string' },
	contractorId: { type: 'integer' },
	responsibleId: { type: 'integer', required: 'add' },
	dateModify: { type: 'datetime', readOnly: true },
	dateCreate: { type: 'datetime', readOnly: true },
	createdBy: { type: 'integer', readOnly: true },
	modifiedBy: { type: 'integer', readOnly: true },
	currency: { type: 'string', required: 'add' },
	status: { type: 'char', readOnly: true, choices: YES_NO },
	wasCancelled: { type: 'char', readOnly: true, choices: YES_NO },
	dateStatus: { type: 'datetime', readOnly: true },
	dateDocument: { type: 'datetime' },
	statusBy: { type: 'integer', readOnly: true },
	total: { type: 'money' },
	commentary: { type: 'string' },
	title: { type: 'string' },
	docNumber: { type: 'string' },
};

const ELEMENT_FIELDS: FieldTable = {
	id: { type: 'integer', readOnly: true },
	docId: { type: 'integer', required: 'add', immutable: true },
	storeFrom: { type: 'integer' },
	storeTo: { type: 'integer' },
	elementId: { type: 'integer', required: 'add' },
	amount: { type: 'double' },
	purchasingPrice: { type: 'money' },
};

const CATALOG = { scope: 'catalog', area: 'catalog' } as const;
const write = { scope: 'catalog', right: 'catalog.write' } as const;
const noDocument = (): RestError => plainError('Document not found');
const wrongStatus = (description: string): RestError => new RestError('ERROR_DOCUMENT_STATUS', description);

/** Documents of inventory management and their lines. */
export const documentMethods: Method[] = [
	...crud<DocumentRow>({
		...CATALOG,
		prefix: 'catalog.document',
		one: 'document',
		many: 'documents',
		operations: ['getFields', 'list', 'add', 'update', 'delete'],
		fields: DOCUMENT_FIELDS,
		table: ({ store }) => store.documents,
		notFound: noDocument,
		defaults: newDocument,
		check: checkDocument,
		beforeDelete: ({ portal }, document) => {
			if (document.status === 'Y') throw plainError('A conducted document cannot be deleted');
			for (const { id } of linesOf(portal, document)) portal.store.documentElements.remove(id);
		},
	}),
	{ name: 'catalog.document.fields', scope: 'catalog', right: 'any', run: () => ok([describeFields(DOCUMENT_FIELDS)]) },
	...['conduct', 'confirm'].map(
		(verb): Method => ({
			...write,
			name: `catalog.document.${verb}`,
			parameters: { id: 'integer' },
			run: (call) => one(call, conduct),
		}),
	),
	...['cancel', 'unconfirm'].map(
		(verb): Method => ({
			...write,
			name: `catalog.document.${verb}`,
			parameters: { id: 'integer' },
			run: (call) => one(call, cancel),
		}),
	),
	{
		...write,
		name: 'catalog.document.conductList',
		parameters: { documentIds: 'list' },
		run: (call) => each(call, conduct),
	},
	{ ...write, name: 'catalog.document.cancelList', parameters: { documentIds: 'list' }, run: (call) => each(call, cancel) },
	...crud<DocumentElementRow>({
		...CATALOG,
		prefix: 'catalog.document.element',
		one: 'documentElement',
		many: 'documentElements',
		operations: ['getFields', 'list', 'add', 'update', 'delete'],
		fields: ELEMENT_FIELDS,
		table: ({ store }) => store.documentElements,
		notFound: () => wrongStatus('Document not found'),
		defaults: () => ({ amount: 0 }),
		check: ({ portal }, values, current) => {
			checkDraft(portal, current?.docId ?? asInteger(values.docId));
			for (const name of ['storeFrom', 'storeTo']) if (values[name] === 0) values[name] = null;
		},
		beforeDelete: ({ portal }, { docId }) => checkDraft(portal, docId),
	}),
	{
		name: 'catalog.document.element.fields',
		scope: 'catalog',
		right: 'any',
		run: () => ok([describeFields(ELEMENT_FIELDS)]),
	},
	{
		name: 'catalog.document.mode.status',
		scope: 'catalog',
		right: 'catalog.read',
		run: ({ portal }) => ok(portal.inventory),
	},
	{
		name: 'catalog.enum.getStoreDocumentTypes',
		scope: 'catalog',
		right: 'any',
		run: () => ok({ enum: Object.entries(DOCUMENT_TYPES).map(([id, { name }]) => ({ id, name })) }),
	},
];

function newDocument({ portal, caller }: MethodCall): Params {
	const now = portal.now();
	const userId = caller.user.id;
	return {
		siteId: 's1',
		dateModify: now,
		dateCreate: now,
		createdBy: userId,
		modifiedBy: userId,
		status: 'N',
		wasCancelled: 'N',
		dateDocument: now,
	};
}

function checkDocument({ portal, caller }: MethodCall, values: Params, current?: DocumentRow): void {
	if (!current && !Object.hasOwn(DOCUMENT_TYPES, String(values.docType))) throw plainError("DOC_TYPE isn't available");
	if (current?.status === 'Y') throw wrongStatus('Conducted document');
	if (values.currency !== undefined && !portal.store.hasCurrency(values.currency)) throw zeroError('Currency is not exists');
	if (values.responsibleId !== undefined && !portal.users.some(({ id }) => id === values.responsibleId))
		throw zeroError('User responsibleId is not exists');
	if (values.contractorId === 0) values.contractorId = null;
	Object.assign(values, { dateModify: portal.now(), modifiedBy: caller.user.id });
}

function checkDraft(portal: Portal, docId: number): void {
	const document = portal.store.documents.get(docId);
	if (!document) throw wrongStatus('Document not found');
	if (document.status === 'Y') throw wrongStatus('Conducted document');
}

type Booking = typeof conduct;

function one({ portal, params, caller }: MethodCall, book: Booking): ReturnType<Method['run']> {
	book(portal, documentOf(portal, idOf(params)), caller.user.id);
	return ok(true);
}

/** Books as many as it can; the first that fails is the answer. */
function each({ portal, params, caller }: MethodCall, book: Booking): ReturnType<Method['run']> {
	let failure: unknown;
	for (const id of asList(params.documentIds) ?? []) {
		try {
			book(portal, documentOf(portal, asInteger(id)), caller.user.id);
		} catch (error) {
			failure ??= error;
		}
	}
	if (failure !== undefined) throw failure;
	return ok(true);
}

function documentOf(portal: Portal, id: number): DocumentRow {
	const document = portal.store.documents.get(id);
	if (!document) throw noDocument();
	return document;
}
