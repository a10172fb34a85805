<?php

// One page of a site: `php page.php SETTINGS STEPS`. STEPS is JSON: what is saved and deleted while the page is made.

require __DIR__ . '/bitrix.php';
require dirname(__DIR__, 3) . '/docs/bitrix-site/moysklad_events/handler.php';

use Bitrix\Main\Application;
use Bitrix\Main\EventManager;
use MoySkladBitrix\SiteEvents\Handler;

/** What the shop's own classes are to the handler: something with an id, and much that is nobody's business. */
final class ShopEntity
{
	private $id;
	public $phone = '+7 916 111-22-33';
	public $name = 'Иван Петров';

	public function __construct($id)
	{
		$this->id = $id;
	}

	public function getId()
	{
		return $this->id;
	}
}

const SAVED = ['order' => 'OnSaleOrderSaved', 'payment' => 'OnSalePaymentEntitySaved', 'shipment' => 'OnSaleShipmentEntitySaved'];
const DELETED = ['order' => 'OnSaleOrderDeleted', 'payment' => 'OnSalePaymentDeleted', 'shipment' => 'OnSaleShipmentDeleted'];

function step(array $step): void
{
	if (isset($step['agent'])) {
		echo Handler::agent(), "\n";
		return;
	}
	$events = EventManager::getInstance();
	['entity' => $entity, 'id' => $id] = $step;
	$deleted = $step['deleted'] ?? false;
	$failed = $step['failed'] ?? false;
	if ($entity === 'user') {
		if ($deleted) {
			$events->sendCompatible('main', 'OnAfterUserDelete', $id);
		} else {
			$events->sendCompatible('main', $step['event'] ?? 'OnAfterUserUpdate', ['ID' => $id, 'RESULT' => !$failed, 'EMAIL' => 'ivan@example.com', 'PASSWORD' => 'Pa55word']);
		}
		return;
	}
	if ($failed && !$deleted) {
		// The shop does not announce what it could not save.
		return;
	}
	$parameters = ($step['valuesOnly'] ?? false) ? ['VALUES' => ['ID' => $id]] : ['ENTITY' => new ShopEntity($id), 'VALUES' => []];
	if ($deleted && $entity === 'order') {
		$parameters['VALUE'] = !$failed;
	}
	$events->send('sale', $deleted ? DELETED[$entity] : SAVED[$entity], $parameters);
}

Handler::register(require $argv[1]);
foreach (json_decode($argv[2], true) as $step) {
	step($step);
}
echo "the page\n";
fflush(STDOUT);
Application::getInstance()->terminate();
