import type { IExecuteFunctions } from 'n8n-workflow';
import { readSalesDocument, type Link, type SalesDocument } from '../../../../core';
import { completeDocuments } from '../completing';
import { readEntries, type Entries } from '../entries';
import type { CrmSession } from '../session';
import type { DocumentKind } from './kind';
import { DocumentTask, type DocumentSource } from './task';

/** Input items as tasks. What the items lack is put in where MoySklad can be asked. */
export async function documentTasks(context: IExecuteFunctions, session: CrmSession, kind: DocumentKind, flow: string): Promise<{ tasks: DocumentTask[]; refused: Entries<DocumentSource>['refused'] }> {
	const items = await completeDocuments(session.moySklad, context.getInputData().map(({ json }) => json), (item) => isDocument(item, kind));
	const entries = readEntries<DocumentSource>(context, items, { flow, types: [kind.type], read: (json) => sourceOf(readSalesDocument(json, kind.entity)), typeOf: () => kind.type });
	const toTask = (input: number, source: DocumentSource, link: Link | undefined): DocumentTask => new DocumentTask(input, kind.type, source, link);
	const alive = entries.tasks.map(({ input, source, link }) => toTask(input ?? 0, source, link));
	const gone = entries.deleted.map(({ input, id, link }) => toTask(input, { id, externalCode: null, updated: null, document: undefined }, link));
	return { tasks: [...alive, ...gone], refused: entries.refused };
}

const sourceOf = (document: SalesDocument): DocumentSource => ({ id: document.id, externalCode: document.externalCode, updated: document.updated, document });

function isDocument(item: unknown, { entity }: DocumentKind): boolean {
	try {
		return readSalesDocument(item, entity).id !== '';
	} catch {
		return false;
	}
}
