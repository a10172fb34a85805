import { SyncError, type ItemRow, type Parameters, type PicturePlan } from '../../../core';
import { demandedFields } from './demandedFields';
import type { Entry } from './entry';
import type { CatalogSession } from './session';

type Upload = PicturePlan['add'][number];

/** Fetches a picture from MoySklad and gives it to an item. Not in a batch: one is large enough. Throws the errors of both platforms, CATALOG_PICTURE. */
export async function uploadPicture(session: CatalogSession, { plan, present, goods }: Entry, productId: number, upload: Upload): Promise<void> {
	const { picture, type, name } = upload;
	if (!session.moySklad || picture.downloadHref === null) throw new SyncError('CATALOG_PICTURE', { reason: `MoySklad does not say where ${picture.filename} of ${goods.name ?? goods.id} is` });
	const { bytes, contentType } = await session.moySklad.download(picture.downloadHref);
	if (bytes.length === 0 || !/^(image\/|application\/octet-stream)/.test(contentType)) throw new SyncError('CATALOG_PICTURE', { reason: `${picture.filename} is no picture (${contentType})` });
	const fileContent = [name, Buffer.from(bytes).toString('base64')];
	const isParent = (present?.family ?? plan?.family) === 'sku';
	try {
		await session.client.call('catalog.productImage.add', { fields: { productId, type }, fileContent }, { repeatable: false });
	} catch (error) {
		await uploadToParent(session, productId, upload, fileContent, isParent ? error : refuse(error));
	}
}

function refuse(error: unknown): never {
	throw error;
}

export const isUnknownProduct = ({ message }: SyncError): boolean => /Product was not found/i.test(message);

/** Old versions of Bitrix find no products with offers here; their detail picture is a field like others. */
async function uploadToParent(session: CatalogSession, id: number, { type }: Upload, fileData: string[], error: unknown): Promise<void> {
	if (!(error instanceof SyncError) || !isUnknownProduct(error)) return refuse(error);
	if (type !== 'DETAIL_PICTURE') return session.hint('This version of Bitrix takes only the first picture of products with offers.');
	const { sku } = (await session.client.read('catalog.product.sku.get', { id })) as { sku: ItemRow };
	const fields: Parameters = { ...demandedFields(sku), detailPicture: { fileData } };
	await session.client.call('catalog.product.sku.update', { id, fields }, { repeatable: true });
}
