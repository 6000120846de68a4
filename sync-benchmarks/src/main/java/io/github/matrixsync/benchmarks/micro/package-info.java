/**
 * Questions of one call, asked by JMH. One class a question; each says what it measures, on what data, and beside which
 * floor. {@link io.github.matrixsync.benchmarks.micro.Jmh} runs them.
 */
package io.github.matrixsync.benchmarks.micro;
