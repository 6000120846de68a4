/**
 * Measures single calls by JMH.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code Jmh}: runs the methods of a class and collects their times
 *   <li>{@code EmptyPolls}: polls without an event
 *   <li>{@code CatchUp}: polls from the beginning of a long log
 *   <li>{@code Snapshots}: snapshots of many rooms
 *   <li>{@code SingleEvents}: {@code getEvent}
 *   <li>{@code Tokens}: parsing and printing tokens
 * </ul>
 */
package io.github.matrixsync.benchmarks.micro;
