<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>DocumentDetails</name>
    <message numerus="yes">
        <source>%n version(s) seen</source>
        <translation>
            <numerusform>%n version seen</numerusform>
            <numerusform>%n versions seen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DocumentsHead</name>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n document</numerusform>
            <numerusform>%n documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s) ready</source>
        <translation>
            <numerusform>%n passage ready</numerusform>
            <numerusform>%n passages ready</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) need attention</source>
        <translation>
            <numerusform>%n file needs attention</numerusform>
            <numerusform>%n files need attention</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DrawCard</name>
    <message numerus="yes">
        <source>%n claim(s) can still be drawn.</source>
        <translation>
            <numerusform>%n claim can still be drawn.</numerusform>
            <numerusform>%n claims can still be drawn.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) are left out: another version of the checker had checked them.</source>
        <translation>
            <numerusform>%n answer is left out: another version of the checker had checked it.</numerusform>
            <numerusform>%n answers are left out: another version of the checker had checked them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EditBox</name>
    <message numerus="yes">
        <source>Put in %n correction(s) from the evidence</source>
        <translation>
            <numerusform>Put in %n correction from the evidence</numerusform>
            <numerusform>Put in %n corrections from the evidence</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EvidencePane</name>
    <message numerus="yes">
        <source>%n passage(s) from your documents; shared words are marked</source>
        <translation>
            <numerusform>%n passage from your documents; shared words are marked</numerusform>
            <numerusform>%n passages from your documents; shared words are marked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s) found in your documents</source>
        <translation>
            <numerusform>%n passage found in your documents</numerusform>
            <numerusform>%n passages found in your documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>; %n more did not fit the model&apos;s context</source>
        <translation>
            <numerusform>; %n more did not fit the model&apos;s context</numerusform>
            <numerusform>; %n more did not fit the model&apos;s context</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HistoryView</name>
    <message numerus="yes">
        <source>{shown} of %n answer(s)</source>
        <translation>
            <numerusform>{shown} of %n answer</numerusform>
            <numerusform>{shown} of %n answers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n document</numerusform>
            <numerusform>%n documents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MemoryBar</name>
    <message numerus="yes">
        <source>%n layer(s) on the GPU: {device}</source>
        <translation>
            <numerusform>%n layer on the GPU: {device}</numerusform>
            <numerusform>%n layers on the GPU: {device}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelsView</name>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n token</numerusform>
            <numerusform>%n tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NetworkCard</name>
    <message numerus="yes">
        <source>%n process(es)</source>
        <translation>
            <numerusform>%n process</numerusform>
            <numerusform>%n processes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n process(es) cannot be looked into</source>
        <translation>
            <numerusform>%n process cannot be looked into</numerusform>
            <numerusform>%n processes cannot be looked into</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>none in %n process(es)</source>
        <translation>
            <numerusform>none in %n process</numerusform>
            <numerusform>none in %n processes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PassagePane</name>
    <message numerus="yes">
        <source>%n passage(s) come closest; shared words are marked</source>
        <translation>
            <numerusform>%n passage comes closest; shared words are marked</numerusform>
            <numerusform>%n passages come closest; shared words are marked</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReadingBar</name>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n new</numerusform>
            <numerusform>%n new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n changed</numerusform>
            <numerusform>%n changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unchanged</source>
        <translation>
            <numerusform>%n unchanged</numerusform>
            <numerusform>%n unchanged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be used</source>
        <translation>
            <numerusform>%n could not be used</numerusform>
            <numerusform>%n could not be used</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) read</source>
        <translation>
            <numerusform>%n file read</numerusform>
            <numerusform>%n files read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Refusal</name>
    <message numerus="yes">
        <source>Searched: {passages} passages of %n document(s), by words and by meaning.</source>
        <translation>
            <numerusform>Searched: {passages} passages of %n document, by words and by meaning.</numerusform>
            <numerusform>Searched: {passages} passages of %n documents, by words and by meaning.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The model read the %n passage(s) that came closest.</source>
        <translation>
            <numerusform>The model read the %n passage that came closest.</numerusform>
            <numerusform>The model read the %n passages that came closest.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RetrievalView</name>
    <message numerus="yes">
        <source>%n passage(s) found</source>
        <translation>
            <numerusform>%n passage found</numerusform>
            <numerusform>%n passages found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The model reads the first %n.</source>
        <translation>
            <numerusform>The model reads the first.</numerusform>
            <numerusform>The model reads the first %n.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewDialog</name>
    <message numerus="yes">
        <source>The edited text was checked: {done} of %n claim(s) could be checked.</source>
        <translation>
            <numerusform>The edited text was checked: {done} of %n claim could be checked.</numerusform>
            <numerusform>The edited text was checked: {done} of %n claims could be checked.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewHead</name>
    <message numerus="yes">
        <source>{done} of %n claim(s) looked at</source>
        <translation>
            <numerusform>{done} of %n claim looked at</numerusform>
            <numerusform>{done} of %n claims looked at</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Summary</name>
    <message numerus="yes">
        <source>{checked} of %n claim(s) could be checked</source>
        <translation>
            <numerusform>{checked} of %n claim could be checked</numerusform>
            <numerusform>{checked} of %n claims could be checked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n token(s) written</source>
        <translation>
            <numerusform>%n token written</numerusform>
            <numerusform>%n tokens written</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ThresholdPicture</name>
    <message numerus="yes">
        <source>Of %n past answer(s), {free} could have been used at once and {held} held.</source>
        <translation>
            <numerusform>Of %n past answer, {free} could have been used at once and {held} held.</numerusform>
            <numerusform>Of %n past answers, {free} could have been used at once and {held} held.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source> %n answer(s) stay held whatever is set: something in them could not be checked.</source>
        <translation>
            <numerusform> %n answer stays held whatever is set: something in it could not be checked.</numerusform>
            <numerusform> %n answers stay held whatever is set: something in them could not be checked.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WelcomeView</name>
    <message numerus="yes">
        <source>Library: %n document(s)</source>
        <translation>
            <numerusform>Library: %n document</numerusform>
            <numerusform>Library: %n documents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WorkCard</name>
    <message numerus="yes">
        <source>%n of the open claims were judged in a review already.</source>
        <translation>
            <numerusform>%n of the open claims was judged in a review already.</numerusform>
            <numerusform>%n of the open claims were judged in a review already.</numerusform>
        </translation>
    </message>
</context>
</TS>
