import {
	conflictShown, crmLink, type CrmType, type FieldChange, type FieldValues, type Link, type SyncError, type Warning, type WriteResult, type WriteStatus,
} from '../../../core';
import { caught, toReport } from '../../shared/errors';
import type { Underway } from '../catalog/rounds';
import type { CrmRecord } from './records';

/** A result with the records among which a person has to choose. */
export type CrmResult = WriteResult<Link> & { candidates?: Array<{ bitrixId: string; rule: string; score?: number }> };

/** An object of MoySklad, as far as every record of the CRM needs it. */
export interface CrmSource {
	id: string;
	externalCode: string | null;
	/** When it was changed, ISO 8601. */
	updated: string | null;
}

/** One object on its way into the CRM. Stages add what they find out, until one of them gives the result. */
export class CrmTask<Source extends CrmSource = CrmSource> implements Underway {
	/** What the mapping gives, by field of Bitrix. */
	values: FieldValues = {};
	present: CrmRecord | undefined;
	bitrixId: number | undefined;
	/** Made in this run. */
	isNew = false;
	/** What was changed in all rounds together: a write of which nobody knew may have been carried out. */
	changes: FieldChange[] | undefined;
	/** Of the last look. */
	warnings: Warning[] = [];
	/** Marks of what is written now, for the link. */
	written: Record<string, string> = {};
	/** Why nobody knows yet what became of the last write. */
	unsure: SyncError | undefined;
	result: CrmResult | undefined;
	/** Why it failed. */
	failure: SyncError | undefined;

	constructor(
		/** Place among the input items; undefined for what came along with another. */
		readonly input: number | undefined,
		readonly type: CrmType,
		readonly source: Source,
		readonly link: Link | undefined,
	) {}

	/** Errors of the kind *conflict* need a person. */
	fail(error: unknown, more: Pick<CrmResult, 'candidates'> = {}): void {
		if (this.result) return;
		this.failure = caught(error);
		const report = this.failure.report();
		const { changes, warnings } = conflictShown(error);
		const frame = this.frame();
		this.result = {
			...frame, changes: [...frame.changes, ...changes], warnings: [...frame.warnings, ...warnings],
			status: report.kind === 'conflict' && !report.retryable ? 'conflict' : 'failed', error: report, ...more,
		};
	}

	finish(status: WriteStatus, flow?: string): void {
		const { bitrixId, written, type } = this;
		const link = bitrixId === undefined || flow === undefined ? undefined : crmLink({ flow, type, moySkladId: this.source.id, externalCode: this.source.externalCode, bitrixId, written });
		this.result ??= { ...this.frame(), status, ...(link && { link }) };
	}

	/** What was planned last counts, but a change that was carried out in an earlier round is not forgotten. */
	plan(changes: FieldChange[]): void {
		this.changes = this.changes === undefined || this.changes.length === 0 ? changes : this.changes;
	}

	private frame(): Omit<CrmResult, 'status'> {
		const { source, changes = [], warnings } = this;
		const bitrixId = this.bitrixId ?? this.present?.id;
		return { key: source.id, moySkladId: source.id, bitrixId: bitrixId === undefined ? null : String(bitrixId), changes, warnings };
	}
}

export const isOpen = ({ result }: CrmTask): boolean => result === undefined;

/** The result of an item that never became a task. */
export function refused(error: unknown, moySkladId: string | null = null): CrmResult {
	const report = toReport(error);
	return { status: report.kind === 'conflict' ? 'conflict' : 'failed', key: moySkladId ?? '', moySkladId, bitrixId: null, changes: [], warnings: [], error: report };
}
