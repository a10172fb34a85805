import type { FieldValues, MatchRule, Partner, RecordPlan, Requisite, Warning } from '../../../../core';
import { CrmTask, type CrmSource } from '../task';

/** A counterparty of MoySklad, or a contact person of one. */
export interface PartnerSource extends CrmSource {
	partner: Partner;
	/** Of a contact person. */
	position: string | null;
}

/** What is to be written of a contact or company, and of its requisites. */
export interface PartnerPlan extends RecordPlan {
	/** Undefined where there are none, or nothing about them differs. */
	requisite: RecordPlan['fields'] | undefined;
}

/** A counterparty on its way. */
export class PartnerTask extends CrmTask<PartnerSource> {
	own: FieldValues = {};
	/** Of stages before the look at the portal. */
	readonly remarks: Warning[] = [];
	/** By which rule it was found; undefined = by its mark of origin or its link, or not at all. */
	matchedBy: MatchRule | undefined;
	requisites: Requisite[] = [];
	/** The requisites that are ours among them. */
	requisite: Requisite | undefined;
	requisiteId: number | undefined;
	planned: PartnerPlan | undefined;
	/** What was sent already in this run. */
	sent: 'create' | 'update' | undefined;
	/** The record and its requisites are there; what hangs on them may still lack. */
	stored = false;
	/** The company of a contact person. */
	companyId: number | undefined;
}
