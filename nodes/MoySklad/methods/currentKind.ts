import type { ILoadOptionsFunctions } from 'n8n-workflow';
import type { EntityKind } from '../resources/entityKind';
import { kindOf } from '../resources';

/** The kind of object that the user has chosen as the resource. */
export const currentKind = (context: ILoadOptionsFunctions): EntityKind | undefined => kindOf(String(context.getCurrentNodeParameter('resource') ?? ''));
