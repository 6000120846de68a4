/**
 * Reads and writes JSON as bytes; values that are not needed are not parsed.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code JsonReader}: the members of an object, the elements of a list
 *   <li>{@code JsonField}: one of these, as offsets in the bytes
 *   <li>{@code JsonWriter}: writes, with gaps for what is known later
 *   <li>{@code InvalidJsonException}: bytes that are not one JSON object
 *   <li>{@code Utf8}, {@code Surrogates}: checks and masks for the parser
 * </ul>
 */
@NullMarked
package io.github.matrixsync.internal.json;

import org.jspecify.annotations.NullMarked;
