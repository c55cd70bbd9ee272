import type { DriverReader, DriverTransact } from '@planwright/app';
import { auditTrail } from './audit-repository.ts';
import { announce } from './changes.ts';
import { driverReader, driverStore } from './demand-drivers.ts';
import type { Db } from './open-database.ts';

/** Everything that the demand workbench asks of a database beside what runs wrote. */
export function driverPorts(db: Db): { readonly drivers: DriverReader; readonly transact: DriverTransact } {
  return {
    drivers: driverReader(db.kysely),
    transact: (work) =>
      db.transact((tx) =>
        work({
          drivers: driverStore(tx),
          audit: auditTrail(tx),
          announceDrivers: (companyId) => announce(tx, { companyId, what: 'company', id: String(companyId) }),
        }),
      ),
  };
}
