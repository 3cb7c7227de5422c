<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>BroughtPage</name>
    <message numerus="yes">
        <source>%Ln decision(s) accepted</source>
        <translation>
            <numerusform>%Ln decision accepted</numerusform>
            <numerusform>%Ln decisions accepted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln refused</source>
        <translation>
            <numerusform>%Ln refused</numerusform>
            <numerusform>%Ln refused</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not looked at, bring the file again for them</source>
        <translation>
            <numerusform>%Ln not looked at, bring the file again for it</numerusform>
            <numerusform>%Ln not looked at, bring the file again for them</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DocumentDetails</name>
    <message numerus="yes">
        <source>%Ln version(s) seen</source>
        <translation>
            <numerusform>%Ln version seen</numerusform>
            <numerusform>%Ln versions seen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DocumentsHead</name>
    <message numerus="yes">
        <source>%Ln document(s)</source>
        <translation>
            <numerusform>%Ln document</numerusform>
            <numerusform>%Ln documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln passage(s) ready</source>
        <translation>
            <numerusform>%Ln passage ready</numerusform>
            <numerusform>%Ln passages ready</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) need attention</source>
        <translation>
            <numerusform>%Ln file needs attention</numerusform>
            <numerusform>%Ln files need attention</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DrawCard</name>
    <message numerus="yes">
        <source>%Ln claim(s) can still be drawn.</source>
        <translation>
            <numerusform>%Ln claim can still be drawn.</numerusform>
            <numerusform>%Ln claims can still be drawn.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln answer(s) are left out: another version of the checker had checked them.</source>
        <translation>
            <numerusform>%Ln answer is left out: another version of the checker had checked it.</numerusform>
            <numerusform>%Ln answers are left out: another version of the checker had checked them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EditBox</name>
    <message numerus="yes">
        <source>Put in %Ln correction(s) from the evidence</source>
        <translation>
            <numerusform>Put in %Ln correction from the evidence</numerusform>
            <numerusform>Put in %Ln corrections from the evidence</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EvidencePane</name>
    <message numerus="yes">
        <source>%Ln passage(s) from your documents; shared words are marked</source>
        <translation>
            <numerusform>%Ln passage from your documents; shared words are marked</numerusform>
            <numerusform>%Ln passages from your documents; shared words are marked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln passage(s) found in your documents</source>
        <translation>
            <numerusform>%Ln passage found in your documents</numerusform>
            <numerusform>%Ln passages found in your documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>; %Ln more did not fit the model&apos;s context</source>
        <translation>
            <numerusform>; %Ln more did not fit the model&apos;s context</numerusform>
            <numerusform>; %Ln more did not fit the model&apos;s context</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HistoryView</name>
    <message numerus="yes">
        <source>{shown} of %Ln answer(s)</source>
        <translation>
            <numerusform>{shown} of %Ln answer</numerusform>
            <numerusform>{shown} of %Ln answers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message numerus="yes">
        <source>%Ln document(s)</source>
        <translation>
            <numerusform>%Ln document</numerusform>
            <numerusform>%Ln documents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MemoryBar</name>
    <message numerus="yes">
        <source>%Ln layer(s) on the GPU: {device}</source>
        <translation>
            <numerusform>%Ln layer on the GPU: {device}</numerusform>
            <numerusform>%Ln layers on the GPU: {device}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelDetails</name>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln token</numerusform>
            <numerusform>%Ln tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NetworkCard</name>
    <message numerus="yes">
        <source>%Ln process(es)</source>
        <translation>
            <numerusform>%Ln process</numerusform>
            <numerusform>%Ln processes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln process(es) cannot be looked into</source>
        <translation>
            <numerusform>%Ln process cannot be looked into</numerusform>
            <numerusform>%Ln processes cannot be looked into</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>none in %Ln process(es)</source>
        <translation>
            <numerusform>none in %Ln process</numerusform>
            <numerusform>none in %Ln processes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PassagePane</name>
    <message numerus="yes">
        <source>%Ln passage(s) come closest; shared words are marked</source>
        <translation>
            <numerusform>%Ln passage comes closest; shared words are marked</numerusform>
            <numerusform>%Ln passages come closest; shared words are marked</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueuePage</name>
    <message numerus="yes">
        <source>%Ln answer(s) written to {path}. It holds their texts: hand it to the reviewers only.</source>
        <translation>
            <numerusform>%Ln answer written to {path}. The file holds its text: hand it to the reviewers only.</numerusform>
            <numerusform>%Ln answers written to {path}. The file holds their texts: hand it to the reviewers only.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReadingBar</name>
    <message numerus="yes">
        <source>%Ln new</source>
        <translation>
            <numerusform>%Ln new</numerusform>
            <numerusform>%Ln new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changed</source>
        <translation>
            <numerusform>%Ln changed</numerusform>
            <numerusform>%Ln changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln unchanged</source>
        <translation>
            <numerusform>%Ln unchanged</numerusform>
            <numerusform>%Ln unchanged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be used</source>
        <translation>
            <numerusform>%Ln could not be used</numerusform>
            <numerusform>%Ln could not be used</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) read</source>
        <translation>
            <numerusform>%Ln file read</numerusform>
            <numerusform>%Ln files read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Refusal</name>
    <message numerus="yes">
        <source>Searched: {passages} passages of %Ln document(s), by words and by meaning.</source>
        <translation>
            <numerusform>Searched: {passages} passages of %Ln document, by words and by meaning.</numerusform>
            <numerusform>Searched: {passages} passages of %Ln documents, by words and by meaning.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The model read the %Ln passage(s) that came closest.</source>
        <translation>
            <numerusform>The model read the %Ln passage that came closest.</numerusform>
            <numerusform>The model read the %Ln passages that came closest.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ResultsPage</name>
    <message numerus="yes">
        <source>%Ln question(s) got no answer.</source>
        <translation>
            <numerusform>%Ln question got no answer.</numerusform>
            <numerusform>%Ln questions got no answer.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RetrievalView</name>
    <message numerus="yes">
        <source>%Ln passage(s) found</source>
        <translation>
            <numerusform>%Ln passage found</numerusform>
            <numerusform>%Ln passages found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The model reads the first %Ln.</source>
        <translation>
            <numerusform>The model reads the first.</numerusform>
            <numerusform>The model reads the first %Ln.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewDialog</name>
    <message numerus="yes">
        <source>The edited text was checked: {done} of %Ln claim(s) could be checked.</source>
        <translation>
            <numerusform>The edited text was checked: {done} of %Ln claim could be checked.</numerusform>
            <numerusform>The edited text was checked: {done} of %Ln claims could be checked.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewHead</name>
    <message numerus="yes">
        <source>{done} of %Ln claim(s) looked at</source>
        <translation>
            <numerusform>{done} of %Ln claim looked at</numerusform>
            <numerusform>{done} of %Ln claims looked at</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunningPage</name>
    <message numerus="yes">
        <source>%Ln without an answer</source>
        <translation>
            <numerusform>%Ln without an answer</numerusform>
            <numerusform>%Ln without an answer</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SetCard</name>
    <message numerus="yes">
        <source>%Ln question(s)</source>
        <translation>
            <numerusform>%Ln question</numerusform>
            <numerusform>%Ln questions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln with an expected answer</source>
        <translation>
            <numerusform>%Ln with an expected answer</numerusform>
            <numerusform>%Ln with an expected answer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln must be refused</source>
        <translation>
            <numerusform>%Ln must be refused</numerusform>
            <numerusform>%Ln must be refused</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln problem(s) keep this set from being run. Correct the file, save it, then read it again.</source>
        <translation>
            <numerusform>%Ln problem keeps this set from being run. Correct the file, save it, then read it again.</numerusform>
            <numerusform>%Ln problems keep this set from being run. Correct the file, save it, then read it again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln question(s) are unread proposals: read each, keep it without the tag “draft”, or delete it.</source>
        <translation>
            <numerusform>%Ln question is an unread proposal: read it, keep it without the tag “draft”, or delete it.</numerusform>
            <numerusform>%Ln questions are unread proposals: read each, keep it without the tag “draft”, or delete it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SetupPage</name>
    <message numerus="yes">
        <source>%Ln answer(s)</source>
        <translation>
            <numerusform>%Ln answer</numerusform>
            <numerusform>%Ln answers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>variants of %Ln question(s)</source>
        <translation>
            <numerusform>variants of %Ln question</numerusform>
            <numerusform>variants of %Ln questions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Summary</name>
    <message numerus="yes">
        <source>{checked} of %Ln claim(s) could be checked</source>
        <translation>
            <numerusform>{checked} of %Ln claim could be checked</numerusform>
            <numerusform>{checked} of %Ln claims could be checked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln further answer(s) in {time}</source>
        <translation>
            <numerusform>%Ln further answer in {time}</numerusform>
            <numerusform>%Ln further answers in {time}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s) written</source>
        <translation>
            <numerusform>%Ln token written</numerusform>
            <numerusform>%Ln tokens written</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TakeDialog</name>
    <message numerus="yes">
        <source>All that wait: %Ln</source>
        <translation>
            <numerusform>All that wait: %Ln</numerusform>
            <numerusform>All that wait: %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Assigned to nobody yet: %Ln</source>
        <translation>
            <numerusform>Assigned to nobody yet: %Ln</numerusform>
            <numerusform>Assigned to nobody yet: %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Assigned to {name}: %Ln</source>
        <translation>
            <numerusform>Assigned to {name}: %Ln</numerusform>
            <numerusform>Assigned to {name}: %Ln</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ThresholdPicture</name>
    <message numerus="yes">
        <source>Of %Ln past answer(s), {free} could have been used at once and {held} held.</source>
        <translation>
            <numerusform>Of %Ln past answer, {free} could have been used at once and {held} held.</numerusform>
            <numerusform>Of %Ln past answers, {free} could have been used at once and {held} held.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source> %Ln answer(s) stay held whatever is set: something in them could not be checked.</source>
        <translation>
            <numerusform> %Ln answer stays held whatever is set: something in it could not be checked.</numerusform>
            <numerusform> %Ln answers stay held whatever is set: something in them could not be checked.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WelcomeView</name>
    <message numerus="yes">
        <source>Library: %Ln document(s)</source>
        <translation>
            <numerusform>Library: %Ln document</numerusform>
            <numerusform>Library: %Ln documents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WorkCard</name>
    <message numerus="yes">
        <source>%Ln of the open claims were judged in a review already.</source>
        <translation>
            <numerusform>%Ln of the open claims was judged in a review already.</numerusform>
            <numerusform>%Ln of the open claims were judged in a review already.</numerusform>
        </translation>
    </message>
</context>
</TS>
