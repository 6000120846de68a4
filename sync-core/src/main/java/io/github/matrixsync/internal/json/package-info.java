/**
 * Reads and writes JSON as bytes, without taking apart what nobody looks at.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code JsonReader}: the members of an object
 *   <li>{@code JsonField}: one member, as a place among the bytes
 *   <li>{@code JsonWriter}: writes, with gaps for what is known later
 *   <li>{@code InvalidJsonException}: bytes that are not one JSON object
 *   <li>{@code Utf8}, {@code Surrogates}: what the parser takes for granted, or refuses
 * </ul>
 */
@NullMarked
package io.github.matrixsync.internal.json;

import org.jspecify.annotations.NullMarked;
