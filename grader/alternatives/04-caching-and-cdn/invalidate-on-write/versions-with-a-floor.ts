import type {
  Versioned,
  WriteInvalidation,
  WriteInvalidationOptions,
} from '../../../../exercises/04-caching-and-cdn/contract.ts';

/** A load under way; it may store a row only if no newer one was confirmed, or might exist, since it began. */
interface Flight<V> {
  readonly outcome: Promise<V>;
  floor: number;
}

/** Writes through: a confirmed value goes into the cache if it is newer than what is there. */
export function createWriteInvalidation<K, V>(options: WriteInvalidationOptions<K, V>): WriteInvalidation<K, V> {
  const { db, capacity } = options;
  if (!(capacity >= 1) || !Number.isInteger(capacity)) throw new RangeError(`capacity: ${capacity}`);
  const rows = new Map<K, Versioned<V>>();
  const joinable = new Map<K, Flight<V>>();
  const flights = new Map<K, Set<Flight<V>>>();

  const keep = (key: K, row: Versioned<V>) => {
    const known = rows.get(key);
    rows.delete(key);
    rows.set(key, known !== undefined && known.version > row.version ? known : row);
    if (rows.size > capacity) rows.delete(rows.keys().next().value as K);
  };

  /** No load that is under way may store anything older, and nobody new may share one. */
  const raiseFloor = (key: K, floor: number) => {
    joinable.delete(key);
    for (const flight of flights.get(key) ?? []) flight.floor = Math.max(flight.floor, floor);
  };

  const take = (key: K): Flight<V> => {
    const fetch = async () => {
      await undefined;
      const row = await db.read(key);
      if (row.version >= flight.floor) keep(key, row);
      return row.value;
    };
    const flight: Flight<V> = { outcome: fetch(), floor: 0 };
    const open = flights.get(key) ?? new Set();
    flights.set(key, open.add(flight));
    joinable.set(key, flight);
    const land = () => {
      open.delete(flight);
      if (open.size === 0 && flights.get(key) === open) flights.delete(key);
      if (joinable.get(key) === flight) joinable.delete(key);
    };
    flight.outcome.then(land, land);
    return flight;
  };

  return {
    read: async (key) => {
      const row = rows.get(key);
      if (row === undefined) return (joinable.get(key) ?? take(key)).outcome;
      keep(key, row);
      return row.value;
    },
    write: async (key, value) => {
      try {
        const version = await db.write(key, value);
        raiseFloor(key, version);
        // Without an entry, a newer version may already have come and gone: only an entry tells that this one is newest.
        if (rows.has(key)) keep(key, { value, version });
      } catch (error) {
        raiseFloor(key, Number.POSITIVE_INFINITY);
        rows.delete(key);
        throw error;
      }
    },
  };
}
