/**
 * The connections and statements of the store, and how values become columns.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Schema}: the name of the schema, by which every table is named
 *   <li>{@code Statements}: statements with their parameters, sent in one round trip, and {@code Results}: their rows
 *   <li>{@code Database}: runs work ({@code SqlWork}) on connections of the host's data source
 *   <li>{@code Failures}: what a failure of the driver or the server becomes
 *   <li>{@code TextCodec}: any text as bytes, {@code EnumCodec}: enum constants as numbers
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.postgres.internal.sql;

import org.jspecify.annotations.NullMarked;
