import type { ColumnType } from 'kysely';

export type Time = ColumnType<Date, Date | string, Date | string>;
export type NullableTime = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
export type DefaultTime = ColumnType<Date, Date | string | undefined, Date | string>;
export type NullableText = ColumnType<string | null, string | null | undefined, string | null>;
export type NullableNumber = ColumnType<number | null, number | null | undefined, number | null>;
/** A column of jsonb: read as a value, written as JSON text. */
export type Json<T> = ColumnType<T, string, string>;
export type NullableJson<T> = ColumnType<T | null, string | null | undefined, string | null>;
export type DefaultJson<T> = ColumnType<T, string | undefined, string>;
/** A column of bigint: read as text, since it may not fit a number. */
export type BigintText = ColumnType<string, bigint | number | string, bigint | number | string>;
