import type { FieldValues, PlannedRows, PresentRow, ProductRow, RecordPlan, SalesDocument, StageRule, Warning } from '../../../../core';
import { CrmTask, type CrmSource } from '../task';

/** A document of MoySklad; undefined when only its id is left. */
export interface DocumentSource extends CrmSource {
	document: SalesDocument | undefined;
}

/** What is to be written of a deal or invoice. */
export interface DocumentPlan extends RecordPlan {
	/** All rows, where they are to be set. */
	rows: ProductRow[] | undefined;
	/** A contact that is to be added to a record that is there. */
	contact: number | undefined;
	/** For the timeline. */
	comment: string | undefined;
}

/** A document on its way. */
export class DocumentTask extends CrmTask<DocumentSource> {
	/** What the settings say of it: title, responsible, customer, … */
	own: FieldValues = {};
	/** Of stages before the look at the portal. */
	readonly remarks: Warning[] = [];
	rule: StageRule | undefined;
	/** Id of the deal that the order was made from. */
	bornFrom: number | undefined;
	rows: PlannedRows | undefined;
	presentRows: PresentRow[] = [];
	planned: DocumentPlan | undefined;
	/** What was sent already in this run, so that a lost answer is not taken for a stranger's work. */
	sent: 'create' | 'update' | undefined;

	/** Throws for a task of which only the id is left. */
	get document(): SalesDocument {
		if (this.source.document) return this.source.document;
		throw new RangeError('The document was deleted');
	}
}
